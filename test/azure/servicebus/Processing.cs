using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace GuestReset.DotNet;

/// <summary>The processor as the Functions host runs it, and what stops and dropped connections make of it.</summary>
static class Processing
{
    public static readonly Scenario[] Scenarios =
    [
        new("500 messages are handled once each, never more at a time than host.json says", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(500);
            var handled = new ConcurrentBag<string>();
            int running = 0, most = 0;
            await using var processor = broker.CreateTriggersProcessor();
            await RunAsync(processor, async args =>
            {
                lock (handled)
                    most = Math.Max(most, ++running);
                await Task.Yield();
                handled.Add($"{args.Message.Body}");
                lock (handled)
                    running--;
            });
            await broker.UntilAsync(Counts.Empty);
            await processor.StopProcessingAsync();
            Check.Same(Numbers(500), InOrder(handled), "what was handled");
            Check.That(most <= 4, $"at most 4 at a time, not {most}");
        }),
        new("the lock of a message is renewed while its handler runs", async start =>
        {
            await using var broker = await start(new { lockMs = 2_000 });
            await broker.SendAsync(1);
            var deliveries = 0;
            await using var processor = broker.CreateTriggersProcessor();
            await RunAsync(processor, async args =>
            {
                Interlocked.Increment(ref deliveries);
                await Task.Delay(5_000, args.CancellationToken);
            });
            await broker.UntilAsync(Counts.Empty);
            Check.Equal(1, deliveries, "deliveries");
        }),
        new("a message whose handler throws comes back at once, and is a dead letter in the end", async start =>
        {
            await using var broker = await start(new { maxDeliveryCount = 3 });
            await broker.SendAsync(1);
            var counts = new ConcurrentQueue<int>();
            await using var processor = broker.CreateTriggersProcessor();
            processor.ProcessErrorAsync += _ => Task.CompletedTask; // told of each failure
            processor.ProcessMessageAsync += args =>
            {
                counts.Enqueue(args.Message.DeliveryCount);
                throw new InvalidOperationException("cannot handle this");
            };
            await processor.StartProcessingAsync();
            await broker.UntilAsync(new Counts(0, 0, 0, 1));
            Check.Same([1, 2, 3], counts, "delivery counts");
        }),
        new("a processor that stops lets its handlers end, and nothing is lost or handled twice", async start =>
        {
            await using var broker = await start(new { lockMs = 3_000 }); // a canceled receive may keep its message
            await broker.SendAsync(200);
            var handled = new ConcurrentBag<string>();
            Func<ProcessMessageEventArgs, Task> handle = async args =>
            {
                await Task.Delay(20);
                handled.Add($"{args.Message.Body}");
            };
            // stopped again and again: in the middle of handling, and of receiving
            for (var round = 0; round < 8; round++)
            {
                var before = handled.Count;
                await using var processor = broker.CreateTriggersProcessor();
                await RunAsync(processor, handle);
                await Check.Eventually(() => handled.Count > before + 3 || handled.Count == 200, "some are handled");
                await processor.StopProcessingAsync();
                var stopped = handled.Count;
                await processor.CloseAsync();
                var left = await broker.CountsAsync();
                Check.Equal(200 - stopped, left.Active + left.Locked, "messages left after the stop");
                Check.Equal(stopped, handled.Count, "handled after the stop");
            }
            await using var last = broker.CreateTriggersProcessor();
            await RunAsync(last, handle);
            await broker.UntilAsync(Counts.Empty);
            Check.Same(Numbers(200), InOrder(handled), "what was handled");
        }),
        new("a processor that has stopped while it waited leaves the next messages to others", async start =>
        {
            await using var broker = await start(new { });
            var handled = new ConcurrentQueue<string>();
            await using var first = broker.CreateTriggersProcessor();
            await RunAsync(first, args =>
            {
                handled.Enqueue($"first {args.Message.Body}");
                return Task.CompletedTask;
            });
            await broker.SendAsync(1);
            await broker.UntilAsync(Counts.Empty);
            await first.StopProcessingAsync(); // its link stays open
            await broker.SendAsync(10);
            await using var other = broker.Connect();
            await using var second = broker.CreateTriggersProcessor(other);
            await RunAsync(second, args =>
            {
                handled.Enqueue($"second {args.Message.Body}");
                return Task.CompletedTask;
            });
            await broker.UntilAsync(Counts.Empty); // long before a lock of 60 s ends
            Check.Equal(11, handled.Count, "handled");
            await first.DisposeAsync();
            await second.StopProcessingAsync();
            await broker.SendAsync(3);
            Check.Equal(3, (await broker.ReceiveAsync(3)).Count, "received by who asks");
        }),
        new("a receive that is canceled loses nothing: what the client keeps comes when its lock ends", async start =>
        {
            await using var broker = await start(new { lockMs = 2_000 });
            var got = new List<string>();
            for (var i = 0; i < 30; i++)
            {
                using var cancel = new CancellationTokenSource();
                var receiving = ReceiveAndCompleteAsync(cancel.Token);
                var sending = broker.Sender.SendMessageAsync(new ServiceBusMessage($"{i}"), CancellationToken.None);
                if (i % 3 == 0)
                    cancel.Cancel();
                else if (i % 3 == 1)
                    cancel.CancelAfter(TimeSpan.FromMilliseconds(i));
                try
                {
                    await receiving;
                }
                catch (TaskCanceledException)
                {
                    // what it would have got goes to another receive
                }
                await sending;
            }
            while (await broker.CountsAsync() != Counts.Empty)
                await ReceiveAndCompleteAsync(CancellationToken.None);
            Check.Same(Numbers(30), InOrder(got), "what was received");

            async Task ReceiveAndCompleteAsync(CancellationToken cancel)
            {
                var message = await broker.Receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(3), cancel);
                if (message is null)
                    return;
                got.Add($"{message.Body}");
                await broker.Receiver.CompleteMessageAsync(message, CancellationToken.None);
            }
        }),
        new("a prefetching receiver that closes gives back what nobody has taken, at once", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(50);
            var prefetching = broker.Client.CreateReceiver("q", new ServiceBusReceiverOptions { PrefetchCount = 20 });
            await prefetching.CompleteMessageAsync(await prefetching.ReceiveMessageAsync());
            await prefetching.DisposeAsync();
            await broker.UntilAsync(new Counts(49, 0, 0, 0));
            var next = await broker.ReceiveOneAsync();
            Check.Equal("1", $"{next.Body}", "the next one");
            Check.Equal(1, next.DeliveryCount, "its delivery count");
        }),
        new("a client disposed in the middle of a handler leaves the message locked, and it comes again", async start =>
        {
            await using var broker = await start(new { lockMs = 3_000 });
            await broker.SendAsync(1);
            var client = broker.Connect();
            var processor = broker.CreateTriggersProcessor(client);
            using var entered = new SemaphoreSlim(0);
            using var leave = new SemaphoreSlim(0);
            processor.ProcessErrorAsync += _ => Task.CompletedTask; // it cannot settle any more
            processor.ProcessMessageAsync += async _ =>
            {
                entered.Release();
                await leave.WaitAsync();
            };
            await processor.StartProcessingAsync();
            await entered.WaitAsync();
            await client.DisposeAsync();
            leave.Release();
            var again = await broker.ReceiveOneAsync();
            Check.Equal(2, again.DeliveryCount, "the delivery count");
        }),
        new("a dropped connection: the processor goes on by itself, and every message is handled", async start =>
        {
            await using var broker = await start(new { lockMs = 2_000 });
            await broker.SendAsync(200);
            var handled = new ConcurrentBag<string>();
            await using var processor = broker.CreateTriggersProcessor();
            processor.ProcessErrorAsync += _ => Task.CompletedTask; // told of the drop
            processor.ProcessMessageAsync += async args =>
            {
                await Task.Delay(10);
                handled.Add($"{args.Message.Body}");
            };
            await processor.StartProcessingAsync();
            await Check.Eventually(() => handled.Count > 20, "some are handled");
            await broker.DropConnectionsAsync();
            await broker.UntilAsync(Counts.Empty);
            Check.Same(Numbers(200), InOrder(handled.Distinct()), "what was handled");
            Check.That(handled.Count <= 208, $"at most what was at work is handled twice, not {handled.Count - 200}");
            await broker.Sender.SendMessageAsync(new ServiceBusMessage("after"));
            await broker.UntilAsync(Counts.Empty);
        }),
        new("a message received before a drop is settled after it, over the management link", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(3);
            var messages = await broker.ReceiveAsync(3);
            await broker.DropConnectionsAsync();
            await OnceTheDropIsNoticedAsync(() => broker.Receiver.CompleteMessageAsync(messages[0]));
            await broker.Receiver.AbandonMessageAsync(
                messages[1], new Dictionary<string, object> { ["note"] = "tried" });
            await broker.Receiver.DeadLetterMessageAsync(messages[2], "bad", "very bad");
            Check.Equal(new Counts(1, 0, 0, 1), await broker.CountsAsync(), "what is where");
            Check.Equal<object>("tried", (await broker.ReceiveOneAsync()).ApplicationProperties["note"], "the note");
            Check.Equal("bad", (await broker.ReceiveOneAsync(broker.DeadLetters)).DeadLetterReason, "the reason");
        }),
    ];

    /// <summary>Starts a processor. An error of its own fails the scenario when it is waited for.</summary>
    static Task RunAsync(ServiceBusProcessor processor, Func<ProcessMessageEventArgs, Task> handle)
    {
        processor.ProcessMessageAsync += handle;
        processor.ProcessErrorAsync += args =>
        {
            Console.WriteLine($"an error of the processor ({args.ErrorSource}): {args.Exception}");
            return Task.CompletedTask;
        };
        return processor.StartProcessingAsync();
    }

    /// <summary>What is under way when a connection is lost ends as if the lock were lost.</summary>
    static async Task OnceTheDropIsNoticedAsync(Func<Task> settle)
    {
        try
        {
            await settle();
        }
        catch (ServiceBusException error) when (error.Reason == ServiceBusFailureReason.MessageLockLost)
        {
            await settle();
        }
    }

    static IEnumerable<string> Numbers(int count) => Enumerable.Range(0, count).Select(i => $"{i}");

    static IEnumerable<string> InOrder(IEnumerable<string> numbers) => numbers.OrderBy(int.Parse);
}
