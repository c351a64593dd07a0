namespace GuestReset.DotNet;

/// <summary>Starts a broker with one queue, which has these options where they differ from the broker's own.</summary>
delegate Task<LocalBroker> Start(object options);

/// <summary>One thing that must hold. Its name is a sentence about behaviour.</summary>
record Scenario(string Name, Func<Start, Task> Run);

/// <summary>What did not hold.</summary>
class NotSo(string what) : Exception(what);

static class Check
{
    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new NotSo($"{what}: expected {expected}, got {actual}.");
    }

    public static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what) =>
        Equal(string.Join(", ", expected), string.Join(", ", actual), what);

    public static void That(bool condition, string what)
    {
        if (!condition)
            throw new NotSo(what);
    }

    /// <summary>The error that an operation must end with.</summary>
    public static async Task<TError> Throws<TError>(Func<Task> act, string what)
        where TError : Exception
    {
        try
        {
            await act();
        }
        catch (TError error)
        {
            return error;
        }
        catch (Exception error)
        {
            throw new NotSo($"{what}: expected {typeof(TError).Name}, got {error}");
        }
        throw new NotSo($"{what}: expected {typeof(TError).Name}, and nothing was thrown.");
    }

    /// <summary>Waits until the condition holds.</summary>
    public static async Task Eventually(Func<Task<bool>> condition, string what, double seconds = 20)
    {
        var end = DateTime.UtcNow.AddSeconds(seconds);
        while (!await condition())
        {
            if (DateTime.UtcNow > end)
                throw new NotSo($"{what}: not so after {seconds} s.");
            await Task.Delay(20);
        }
    }

    public static Task Eventually(Func<bool> condition, string what) =>
        Eventually(() => Task.FromResult(condition()), what);
}
