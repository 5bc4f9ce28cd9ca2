namespace OrleansJobs;

/// <summary>Options are not valid; the text lists every fault with its key, value and range.</summary>
public sealed class InvalidOptionsException : JobsException
{
    /// <summary>Makes the error.</summary>
    public InvalidOptionsException(IReadOnlyList<string> faults)
        : base(faults.Count == 1 ? faults[0] : string.Join(Environment.NewLine, faults.Select(fault => "- " + fault))) => Faults = faults;

    /// <summary>Each fault in a sentence.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <inheritdoc/>
    public override string Code => "invalid-options";
}
