namespace OrleansJobs.Client.Grains;

/// <summary>A grain's answer: a value or an error, so that errors cross the wire with all that callers need.</summary>
/// <typeparam name="T">The value.</typeparam>
[GenerateSerializer, Immutable, Alias("orleansjobs.reply`1")]
public readonly record struct Reply<T>
{
    private Reply(T? value, GridError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value, if there is no error.</summary>
    [Id(0)]
    public T? Value { get; init; }

    /// <summary>The error, if there is one.</summary>
    [Id(1)]
    public GridError? Error { get; init; }

    /// <summary>Answers with a value.</summary>
    public static Reply<T> Of(T value) => new(value, null);

    /// <summary>Answers with an error.</summary>
    public static Reply<T> Failed(JobsException exception) => new(default, GridError.From(exception));

    /// <summary>The value, or the error as an exception.</summary>
    public T ValueOrThrow() => Error is null ? Value! : throw Error.ToException();
}
