using System.Text.Json.Serialization;

namespace LearningPlatform.Hosting.Probes;

/// <summary>What a <see cref="Probe"/> does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProbeBehaviour>))]
public enum ProbeBehaviour
{
    /// <summary>Succeeds, and says which attempt did.</summary>
    Succeed,

    /// <summary>Throws.</summary>
    Throw,

    /// <summary>Throws on its first attempt and succeeds on the second.</summary>
    ThrowOnce,

    /// <summary>Waits until it is told to stop.</summary>
    Hang,

    /// <summary>Waits for a minute, whatever it is told.</summary>
    IgnoreCancellation,

    /// <summary>Gives a result that is larger than a result may be.</summary>
    LargeResult,

    /// <summary>Asks for the dead letters.</summary>
    DeadLetter,

    /// <summary>Snoozes for a second on its first run.</summary>
    SnoozeOnce,

    /// <summary>Waits as long again at something that serves one job of the process at a time, so that the more run, the longer each takes.</summary>
    Contend,

    /// <summary>Ends the process, whatever its engine, without a word.</summary>
    KillSilo,
}
