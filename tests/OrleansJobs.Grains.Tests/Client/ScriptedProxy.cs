using System.Reflection;

namespace OrleansJobs.Grains.Tests.Client;

/// <summary>Stands in for an interface. A class that implements a grain interface would be taken for the grain by the silos of other tests.</summary>
public class ScriptedProxy : DispatchProxy
{
    private Func<object?[], object?> _answer = _ => throw new NotSupportedException();

    /// <summary>An object whose every member gives this answer to its arguments.</summary>
    public static T Of<T>(Func<object?[], object?> answer) where T : class
    {
        var proxy = Create<T, ScriptedProxy>();
        ((ScriptedProxy)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(args ?? []);
}
