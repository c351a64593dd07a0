using Azure.Messaging.ServiceBus;

namespace GuestReset.DotNet;

/// <summary>What goes into a queue, and how it comes out of it.</summary>
static class Sending
{
    public static readonly Scenario[] Scenarios =
    [
        new("messages sent alone, several at once and in a batch arrive, each once", async start =>
        {
            await using var broker = await start(new { });
            await broker.Sender.SendMessageAsync(new ServiceBusMessage("0"));
            await broker.Sender.SendMessagesAsync([new("1"), new("2")]);
            using var batch = await broker.Sender.CreateMessageBatchAsync();
            Check.Equal(262_144, batch.MaxSizeInBytes, "the size of a batch");
            for (var i = 3; i < 100; i++)
                Check.That(batch.TryAddMessage(new ServiceBusMessage($"{i}")), "the batch has room");
            await broker.Sender.SendMessagesAsync(batch);
            var messages = await broker.ReceiveAsync(100);
            // between two receives the client may give messages back, which then come later
            var sorted = messages.OrderBy(m => m.SequenceNumber).ToList();
            Check.Same(Enumerable.Range(0, 100).Select(i => $"{i}"), sorted.Select(m => $"{m.Body}"), "bodies");
            Check.Same(Enumerable.Range(1, 100), sorted.Select(m => (int)m.SequenceNumber), "sequence numbers");
            foreach (var message in messages)
                await broker.Receiver.CompleteMessageAsync(message);
            Check.Equal(Counts.Empty, await broker.CountsAsync(), "what is left");
        }),
        new("a message keeps its properties, its id and its time to live", async start =>
        {
            await using var broker = await start(new { });
            var sent = new ServiceBusMessage("body")
            {
                MessageId = "id",
                CorrelationId = "correlation",
                Subject = "subject",
                ContentType = "text/plain",
                TimeToLive = TimeSpan.FromMinutes(5),
                ApplicationProperties =
                {
                    ["Diagnostic-Id"] = "00-1-2-01",
                    ["whole"] = 7,
                    ["yes"] = true,
                    ["at"] = DateTimeOffset.UnixEpoch,
                },
            };
            await broker.Sender.SendMessageAsync(sent);
            var got = await broker.ReceiveOneAsync();
            Check.Same(
                [sent.MessageId, sent.CorrelationId, sent.Subject, sent.ContentType, $"{sent.TimeToLive}", "body"],
                [got.MessageId, got.CorrelationId, got.Subject, got.ContentType, $"{got.TimeToLive}", $"{got.Body}"],
                "properties");
            Check.Same(
                sent.ApplicationProperties.Select(p => $"{p.Key} {p.Value} {p.Value.GetType()}").Order(),
                got.ApplicationProperties.Select(p => $"{p.Key} {p.Value} {p.Value.GetType()}").Order(),
                "application properties");
            Check.That(got.LockedUntil > DateTimeOffset.UtcNow, "the lock lies ahead");
            await broker.SendAsync(1);
            var other = await broker.ReceiveOneAsync();
            Check.Equal(TimeSpan.FromDays(14), other.TimeToLive, "the queue's own time to live");
        }),
        new("scheduled messages come at their time, sent either way, and canceled ones never", async start =>
        {
            await using var broker = await start(new { });
            var at = DateTimeOffset.UtcNow.AddSeconds(5);
            await broker.Sender.SendMessageAsync(new ServiceBusMessage("sent") { ScheduledEnqueueTime = at });
            var numbers = await broker.Sender.ScheduleMessagesAsync([new("first"), new("second")], at);
            await broker.Sender.CancelScheduledMessageAsync(numbers[0]);
            Check.Equal(new Counts(0, 0, 2, 0), await broker.CountsAsync(), "what waits");
            var again = await Check.Throws<ServiceBusException>(
                () => broker.Sender.CancelScheduledMessageAsync(numbers[0]), "canceling twice");
            Check.Equal(ServiceBusFailureReason.MessageNotFound, again.Reason, "the reason");
            var early = await broker.Receiver.ReceiveMessageAsync(TimeSpan.FromMilliseconds(200));
            Check.That(early is null, "none is early");
            var messages = await broker.ReceiveAsync(2);
            Check.That(DateTimeOffset.UtcNow >= at, "they came at their time");
            Check.Same(["second", "sent"], messages.Select(m => $"{m.Body}").Order(), "bodies");
        }),
        new("peeking shows every message with its state, locks none and goes on where it ended", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(3);
            await broker.Sender.ScheduleMessageAsync(new("later"), DateTimeOffset.UtcNow.AddMinutes(1));
            await broker.ReceiveOneAsync();
            var first = await broker.Receiver.PeekMessagesAsync(3);
            var second = await broker.Receiver.PeekMessagesAsync(3);
            Check.Same(["0", "1", "2", "later"], first.Concat(second).Select(m => $"{m.Body}"), "bodies");
            Check.Equal(ServiceBusMessageState.Scheduled, second[0].State, "the state of the scheduled one");
            Check.Equal(0, (await broker.Receiver.PeekMessagesAsync(3)).Count, "how many are left to peek at");
            Check.Equal(1, (await broker.Receiver.PeekMessagesAsync(1, 0)).Count, "peeking from the start again");
            Check.Equal(new Counts(2, 1, 1, 0), await broker.CountsAsync(), "what is where");
        }),
        new("a message with an id that was seen within the window is dropped, sent or scheduled", async start =>
        {
            await using var broker = await start(new { duplicateWindowMs = 60_000 });
            foreach (var body in new[] { "1", "2" })
                await broker.Sender.SendMessageAsync(new ServiceBusMessage(body) { MessageId = "same" });
            await broker.Sender.ScheduleMessageAsync(
                new ServiceBusMessage("3") { MessageId = "same" }, DateTimeOffset.UtcNow.AddSeconds(1));
            await broker.Receiver.CompleteMessageAsync(await broker.ReceiveOneAsync());
            await broker.Sender.SendMessageAsync(new ServiceBusMessage("4") { MessageId = "same" });
            Check.Equal(Counts.Empty, await broker.CountsAsync(), "what is left");
        }),
        new("a receiver that deletes on receipt leaves nothing to settle", async start =>
        {
            await using var broker = await start(new { });
            await broker.SendAsync(20);
            var deleting = broker.Client.CreateReceiver(
                "q", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
            await broker.ReceiveAsync(10, deleting);
            await broker.UntilAsync(new Counts(10, 0, 0, 0));
        }),
    ];
}
