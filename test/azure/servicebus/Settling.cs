using Azure.Messaging.ServiceBus;

namespace GuestReset.DotNet;

/// <summary>What a receiver makes of a message it has locked.</summary>
static class Settling
{
    public static readonly Scenario[] Scenarios =
    [
        new("an abandoned message comes back at once, counted, with the changed properties", async start =>
        {
            await using var broker = await start(new { maxDeliveryCount = 3 });
            await broker.SendAsync(1);
            for (var delivery = 1; delivery <= 3; delivery++)
            {
                var message = await broker.ReceiveOneAsync();
                Check.Equal(delivery, message.DeliveryCount, "the delivery count");
                if (delivery > 1)
                    Check.Equal($"{delivery - 1}", $"{message.ApplicationProperties["failed"]}", "the property");
                await broker.Receiver.AbandonMessageAsync(
                    message, new Dictionary<string, object> { ["failed"] = delivery });
            }
            var dead = await broker.ReceiveOneAsync(broker.DeadLetters);
            Check.Equal("MaxDeliveryCountExceeded", dead.DeadLetterReason, "the reason");
        }),
        new("a dead letter carries its reason, its description and its properties", async start =>
        {
            await using var broker = await start(new { });
            var sent = new ServiceBusMessage("x") { ApplicationProperties = { ["kept"] = 1 } };
            await broker.Sender.SendMessageAsync(sent);
            await broker.Receiver.DeadLetterMessageAsync(
                await broker.ReceiveOneAsync(), new Dictionary<string, object> { ["added"] = 2 }, "bad", "very bad");
            Check.Equal(new Counts(0, 0, 0, 1), await broker.CountsAsync(), "what is where");
            var dead = await broker.ReceiveOneAsync(broker.DeadLetters);
            Check.Same(["bad", "very bad"], [dead.DeadLetterReason, dead.DeadLetterErrorDescription], "why");
            Check.Same(
                ["1", "2"],
                [$"{dead.ApplicationProperties["kept"]}", $"{dead.ApplicationProperties["added"]}"],
                "properties");
            await broker.DeadLetters.CompleteMessageAsync(dead);
            Check.Equal(Counts.Empty, await broker.CountsAsync(), "what is left");
        }),
        new("neighbours settled at the same time each get their own outcome", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(40);
            var messages = await broker.ReceiveAsync(40);
            await Task.WhenAll(messages.Select((message, i) => i % 4 == 0
                ? broker.Receiver.DeadLetterMessageAsync(message, "every fourth")
                : broker.Receiver.CompleteMessageAsync(message)));
            Check.Equal(new Counts(0, 0, 0, 10), await broker.CountsAsync(), "what is where");
        }),
        new("a lock renewed by hand holds beyond its first end", async start =>
        {
            await using var broker = await start(new { lockMs = 2_000 });
            await broker.SendAsync(1);
            var message = await broker.ReceiveOneAsync();
            var firstEnd = message.LockedUntil;
            while (DateTimeOffset.UtcNow < firstEnd.AddSeconds(1))
            {
                await Task.Delay(500);
                await broker.Receiver.RenewMessageLockAsync(message);
            }
            Check.That(message.LockedUntil > firstEnd.AddSeconds(1), "the lock ends later");
            await broker.Receiver.CompleteMessageAsync(message);
            Check.Equal(Counts.Empty, await broker.CountsAsync(), "what is left");
        }),
        new("after a lock has run out nothing that is done with it counts, and the reason says so", async start =>
        {
            await using var broker = await start(new { lockMs = 1_000 });
            await broker.SendAsync(1);
            var late = await broker.ReceiveOneAsync();
            await broker.UntilAsync(new Counts(1, 0, 0, 0));
            await LostAsync(() => broker.Receiver.RenewMessageLockAsync(late), "renewing");
            await LostAsync(() => broker.Receiver.CompleteMessageAsync(late), "completing");
            await LostAsync(() => broker.Receiver.AbandonMessageAsync(late), "abandoning");
            await LostAsync(() => broker.Receiver.DeadLetterMessageAsync(late), "dead-lettering");
            Check.Equal(2, (await broker.ReceiveOneAsync()).DeliveryCount, "the delivery count");
        }),
        new("a message is settled once: whatever comes then finds the lock lost", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(1);
            var message = await broker.ReceiveOneAsync();
            await broker.Receiver.CompleteMessageAsync(message);
            await LostAsync(() => broker.Receiver.CompleteMessageAsync(message), "completing twice");
            await LostAsync(() => broker.Receiver.AbandonMessageAsync(message), "abandoning what is complete");
            await LostAsync(() => broker.Receiver.RenewMessageLockAsync(message), "renewing what is complete");
            Check.Equal(Counts.Empty, await broker.CountsAsync(), "what is left");
        }),
        new("a message is settled by another connection, and a lock token that nobody has is refused", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(1);
            var message = await broker.ReceiveOneAsync();
            await using var other = broker.Connect();
            await using var receiver = other.CreateReceiver("q");
            var invented = ServiceBusModelFactory.ServiceBusReceivedMessage(lockTokenGuid: Guid.NewGuid());
            await LostAsync(() => receiver.CompleteMessageAsync(invented), "completing with an invented token");
            await LostAsync(() => receiver.RenewMessageLockAsync(invented), "renewing with an invented token");
            await receiver.CompleteMessageAsync(message);
            Check.Equal(Counts.Empty, await broker.CountsAsync(), "what is left");
        }),
    ];

    static async Task LostAsync(Func<Task> act, string what)
    {
        var error = await Check.Throws<ServiceBusException>(act, what);
        Check.Equal(ServiceBusFailureReason.MessageLockLost, error.Reason, what);
    }
}
