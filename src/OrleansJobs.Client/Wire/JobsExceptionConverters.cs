using OrleansJobs.Client.Grains;

namespace OrleansJobs.Client.Wire;

/// <summary>A <see cref="JobsException"/> that a grain throws, on the wire: with all that callers need, and without what caused it.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.exception")]
internal struct JobsExceptionSurrogate
{
    [Id(0)]
    public GridError Error;
}

/// <summary>Moves one type of <see cref="JobsException"/> to and from the wire.</summary>
internal abstract class JobsExceptionConverter<TException> : IConverter<TException, JobsExceptionSurrogate> where TException : JobsException
{
    public TException ConvertFromSurrogate(in JobsExceptionSurrogate surrogate) => (TException)surrogate.Error.ToException();

    public JobsExceptionSurrogate ConvertToSurrogate(in TException value) => new() { Error = GridError.From(value) };
}

[RegisterConverter]
internal sealed class JobNotFoundConverter : JobsExceptionConverter<JobNotFoundException>;

[RegisterConverter]
internal sealed class DuplicateJobConverter : JobsExceptionConverter<DuplicateJobException>;

[RegisterConverter]
internal sealed class UnknownJobClassConverter : JobsExceptionConverter<UnknownJobClassException>;

[RegisterConverter]
internal sealed class JobStateConverter : JobsExceptionConverter<JobStateException>;

[RegisterConverter]
internal sealed class InvalidOptionsConverter : JobsExceptionConverter<InvalidOptionsException>;

[RegisterConverter]
internal sealed class PayloadTooLargeConverter : JobsExceptionConverter<PayloadTooLargeException>;

[RegisterConverter]
internal sealed class InvalidRequestConverter : JobsExceptionConverter<InvalidRequestException>;

[RegisterConverter]
internal sealed class GridUnavailableConverter : JobsExceptionConverter<GridUnavailableException>;
