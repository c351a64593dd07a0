using Azure.Messaging.ServiceBus;

namespace GuestReset.DotNet;

/// <summary>What the service refuses, the broker refuses with the same reason.</summary>
static class Refusals
{
    public static readonly Scenario[] Scenarios =
    [
        new("an unknown queue is not found, by senders, receivers, peeks and schedulers", async start =>
        {
            await using var broker = await start(new { });
            foreach (Func<Task> act in new Func<Task>[]
            {
                () => broker.Client.CreateSender("nope").SendMessageAsync(new("x")),
                () => broker.Client.CreateReceiver("nope").ReceiveMessageAsync(),
                () => broker.Client.CreateReceiver("nope").PeekMessageAsync(),
                () => broker.Client.CreateSender("nope").ScheduleMessageAsync(new("x"), DateTimeOffset.UtcNow),
            })
            {
                var error = await Check.Throws<ServiceBusException>(act, "an unknown queue");
                Check.Equal(ServiceBusFailureReason.MessagingEntityNotFound, error.Reason, "the reason");
                Check.That(!error.IsTransient, "trying again is of no use");
            }
        }),
        new("a message over the limit is too large, alone and in a batch", async start =>
        {
            await using var broker = await start(new { });
            await broker.Sender.SendMessageAsync(new ServiceBusMessage(new string('x', 200_000)));
            var large = new ServiceBusMessage(new string('x', 300_000));
            var error = await Check.Throws<ServiceBusException>(
                () => broker.Sender.SendMessageAsync(large), "a large message");
            Check.Equal(ServiceBusFailureReason.MessageSizeExceeded, error.Reason, "the reason");
            var scheduled = await Check.Throws<ServiceBusException>(
                () => broker.Sender.ScheduleMessageAsync(large, DateTimeOffset.UtcNow.AddMinutes(1)), "scheduling it");
            Check.Equal(ServiceBusFailureReason.MessageSizeExceeded, scheduled.Reason, "the reason when scheduled");
            using var batch = await broker.Sender.CreateMessageBatchAsync();
            Check.That(!batch.TryAddMessage(large), "a batch has no room for it");
            Check.Equal(new Counts(1, 0, 0, 0), await broker.CountsAsync(), "what is where");
        }),
        new("sessions are refused as by a queue that has none", async start =>
        {
            await using var broker = await start(new { });
            foreach (Func<Task> act in new Func<Task>[]
            {
                () => broker.Client.AcceptSessionAsync("q", "a"),
                () => broker.Client.AcceptNextSessionAsync("q"),
            })
            {
                var error = await Check.Throws<InvalidOperationException>(act, "a session");
                Check.That(error.Message.Contains("sessionful"), $"the words: {error.Message}");
            }
        }),
        new("deferring, which the broker does not have, is refused in clear words and keeps the lock", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(1);
            var message = await broker.ReceiveOneAsync();
            var error = await Check.Throws<NotSupportedException>(
                () => broker.Receiver.DeferMessageAsync(message), "deferring");
            Check.That(error.Message.Contains("no deferral"), $"the words: {error.Message}");
            Check.Equal(new Counts(0, 1, 0, 0), await broker.CountsAsync(), "what is where");
            await broker.Receiver.CompleteMessageAsync(message);
            await Check.Throws<NotSupportedException>(
                () => broker.Receiver.ReceiveDeferredMessageAsync(1), "receiving what was deferred");
        }),
    ];
}
