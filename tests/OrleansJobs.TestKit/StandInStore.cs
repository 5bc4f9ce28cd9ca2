using System.Reflection;
using OrleansJobs.Storage;

namespace OrleansJobs.TestKit;

/// <summary>A store of which a test answers some members itself and leaves the others to a real one.</summary>
public class StandInStore : DispatchProxy
{
    private IJobStore? _real;
    private Func<string, object?[], object?> _answer = (_, _) => null;

    /// <param name="real">The real store; null if the test answers all that is asked.</param>
    /// <param name="answer">Answers a member by its name and arguments; null leaves it to the real store.</param>
    public static IJobStore Of(IJobStore? real, Func<string, object?[], object?> answer)
    {
        var proxy = Create<IJobStore, StandInStore>();
        ((StandInStore)(object)proxy)._real = real;
        ((StandInStore)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answer(targetMethod!.Name, args ?? [])
        ?? targetMethod.Invoke(_real ?? throw new NotSupportedException(targetMethod.Name), args);
}
