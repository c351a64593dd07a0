using System.Net.Http.Json;
using Azure.Messaging.ServiceBus;

namespace GuestReset.DotNet;

/// <summary>What the broker itself says of its queue.</summary>
record Counts(int Active, int Locked, int Scheduled, int DeadLettered)
{
    public static readonly Counts Empty = new(0, 0, 0, 0);
}

/// <summary>The settings of <c>host.json</c> that a trigger's processor gets.</summary>
record HostSettings(int MaxConcurrentCalls, int MaxAutoLockRenewalMs, bool AutoCompleteMessages);

/// <summary>A broker of the scenario's own with the queue <c>q</c>, and a client that is connected to it.</summary>
sealed class LocalBroker : IAsyncDisposable
{
    readonly HttpClient control;
    readonly Started started;

    LocalBroker(HttpClient control, Started started)
    {
        this.control = control;
        this.started = started;
        Client = Connect();
        Sender = Client.CreateSender("q");
        Receiver = Client.CreateReceiver("q");
        DeadLetters = Client.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
    }

    public ServiceBusClient Client { get; }
    public ServiceBusSender Sender { get; }
    public ServiceBusReceiver Receiver { get; }
    public ServiceBusReceiver DeadLetters { get; }

    public static async Task<LocalBroker> StartAsync(HttpClient control, object options)
    {
        using var answer = await control.PostAsJsonAsync("brokers", options);
        answer.EnsureSuccessStatusCode();
        return new LocalBroker(control, (await answer.Content.ReadFromJsonAsync<Started>())!);
    }

    /// <summary>One more client, with retries that a test can wait for.</summary>
    public ServiceBusClient Connect() => new(started.ConnectionString, new ServiceBusClientOptions
    {
        RetryOptions = new ServiceBusRetryOptions
        {
            TryTimeout = TimeSpan.FromSeconds(10),
            Delay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromMilliseconds(500),
        },
    });

    /// <summary>A processor with the options that the Functions host gives to a trigger's.</summary>
    public ServiceBusProcessor CreateTriggersProcessor(ServiceBusClient? client = null) =>
        (client ?? Client).CreateProcessor("q", new ServiceBusProcessorOptions
        {
            ReceiveMode = ServiceBusReceiveMode.PeekLock,
            PrefetchCount = 0,
            AutoCompleteMessages = started.Host.AutoCompleteMessages,
            MaxConcurrentCalls = started.Host.MaxConcurrentCalls,
            MaxAutoLockRenewalDuration = TimeSpan.FromMilliseconds(started.Host.MaxAutoLockRenewalMs),
        });

    public async Task<Counts> CountsAsync() =>
        (await control.GetFromJsonAsync<Counts>($"brokers/{started.Id}"))!;

    /// <summary>Waits until the queue has so many messages in these states.</summary>
    public Task UntilAsync(Counts expected) =>
        Check.Eventually(async () => await CountsAsync() == expected, $"the queue has {expected}");

    /// <summary>Cuts every connection, as a network does.</summary>
    public async Task DropConnectionsAsync()
    {
        using var answer = await control.PostAsync($"brokers/{started.Id}/drop", null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Receives exactly so many messages, in however many portions they come.</summary>
    public async Task<List<ServiceBusReceivedMessage>> ReceiveAsync(int count, ServiceBusReceiver? from = null)
    {
        var messages = new List<ServiceBusReceivedMessage>();
        while (messages.Count < count)
        {
            var more = await (from ?? Receiver).ReceiveMessagesAsync(count - messages.Count, TimeSpan.FromSeconds(10));
            Check.That(more.Count > 0, $"only {messages.Count} of {count} messages came");
            messages.AddRange(more);
        }
        return messages;
    }

    public async Task<ServiceBusReceivedMessage> ReceiveOneAsync(ServiceBusReceiver? from = null) =>
        (await ReceiveAsync(1, from))[0];

    /// <summary>Sends messages whose bodies are 0, 1, 2 and so on.</summary>
    public async Task SendAsync(int count) =>
        await Sender.SendMessagesAsync(Enumerable.Range(0, count).Select(i => new ServiceBusMessage($"{i}")));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        using var answer = await control.DeleteAsync($"brokers/{started.Id}");
        answer.EnsureSuccessStatusCode();
    }

    record Started(int Id, string ConnectionString, HostSettings Host);
}
