using System.Diagnostics;
using GuestReset.DotNet;

// client CONTROL_URL [PART_OF_A_NAME …]: runs the scenarios whose names have one of the parts, or all of them.
// Exit code: 0 when all of them hold, 1 when one does not, 2 when there is none of such a name.
if (args.Length == 0)
{
    Console.Error.WriteLine("Usage: client CONTROL_URL [PART_OF_A_NAME ...]");
    return 2;
}
var wanted = args.Skip(1).ToArray();
Scenario[] all = [
    .. Sending.Scenarios, .. Settling.Scenarios, .. Processing.Scenarios, .. Refusals.Scenarios, .. Expiry.Scenarios,
];
var chosen = all.Where(scenario => wanted.Length == 0 || wanted.Any(scenario.Name.Contains)).ToArray();
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"No scenario is called {string.Join(" or ", wanted)}.");
    return 2;
}

using var control = new HttpClient { BaseAddress = new Uri(args[0]) };
using var places = new SemaphoreSlim(6); // most of what a scenario does is wait
var results = await Task.WhenAll(chosen.Select(RunAsync));
return results.All(held => held) ? 0 : 1;

async Task<bool> RunAsync(Scenario scenario)
{
    await places.WaitAsync();
    var watch = Stopwatch.StartNew();
    try
    {
        await scenario.Run(options => LocalBroker.StartAsync(control, options)).WaitAsync(TimeSpan.FromSeconds(40));
        Console.WriteLine($"ok: {scenario.Name} ({watch.Elapsed.TotalSeconds:0.0} s)");
        return true;
    }
    catch (Exception error)
    {
        Console.WriteLine($"FAILED: {scenario.Name} ({watch.Elapsed.TotalSeconds:0.0} s)\n{error}");
        return false;
    }
    finally
    {
        places.Release();
    }
}
