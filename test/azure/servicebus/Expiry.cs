using Azure.Messaging.ServiceBus;

namespace GuestReset.DotNet;

/// <summary>Messages that nobody takes in time.</summary>
static class Expiry
{
    public static readonly Scenario[] Scenarios =
    [
        new("a message that waits longer than its time to live is a dead letter, and says so", async start =>
        {
            await using var broker = await start(new { });
            await broker.Sender.SendMessageAsync(new ServiceBusMessage("x") { TimeToLive = TimeSpan.FromSeconds(1) });
            await broker.SendAsync(1);
            await broker.UntilAsync(new Counts(1, 0, 0, 1));
            var dead = await broker.ReceiveOneAsync(broker.DeadLetters);
            Check.Equal("x", $"{dead.Body}", "the body");
            Check.Equal("TTLExpiredException", dead.DeadLetterReason, "the reason");
            Check.Equal("0", $"{(await broker.ReceiveOneAsync()).Body}", "what is left");
        }),
        new("a queue that keeps no expired messages drops them", async start =>
        {
            await using var broker = await start(new { timeToLiveMs = 500, deadLetterExpired = false });
            await broker.SendAsync(3);
            await broker.UntilAsync(Counts.Empty);
        }),
        new("a message that expires under its lock may be completed, and does not come again", async start =>
        {
            await using var broker = await start(new { timeToLiveMs = 1_500 });
            await broker.SendAsync(2);
            var messages = await broker.ReceiveAsync(2);
            await Task.Delay(2_000);
            await broker.Receiver.CompleteMessageAsync(messages[0]);
            Check.Equal(new Counts(0, 1, 0, 0), await broker.CountsAsync(), "what is where");
            await broker.Receiver.AbandonMessageAsync(messages[1]);
            await broker.UntilAsync(new Counts(0, 0, 0, 1));
        }),
        new("the time of a scheduled message begins when it becomes active", async start =>
        {
            await using var broker = await start(new { timeToLiveMs = 1_500 });
            await broker.Sender.ScheduleMessageAsync(new("x"), DateTimeOffset.UtcNow.AddSeconds(3));
            Check.Equal("x", $"{(await broker.ReceiveOneAsync()).Body}", "the body");
        }),
    ];
}
