namespace OrleansJobs.Simulation.Workload;

/// <summary>What goes wrong with messages: probabilities.</summary>
internal sealed record MessageFaults(double Lost, double Doubled, double Delayed, TimeSpan LongestDelay)
{
    public static MessageFaults None { get; } = new(0, 0, 0, TimeSpan.Zero);
}

/// <summary>What goes wrong with calls of the store: probabilities.</summary>
/// <param name="Failing">A call is answered with an error.</param>
/// <param name="UnclearShare">Of failing writes, those that are committed all the same.</param>
/// <param name="Slow">A call takes long.</param>
/// <param name="LongestTime">How long.</param>
internal sealed record StoreFaults(double Failing, double UnclearShare, double Slow, TimeSpan LongestTime)
{
    public static StoreFaults None { get; } = new(0, 0, 0, TimeSpan.Zero);
}
