namespace LearningPlatform.Hosting.Probes;

/// <summary>A job that does nothing but behave in a given way: for trying a grid out, and for testing it.</summary>
/// <param name="Milliseconds">How long to run before that, in milliseconds.</param>
/// <param name="Behaviour">What to do then.</param>
public sealed record Probe(int Milliseconds = 0, ProbeBehaviour Behaviour = ProbeBehaviour.Succeed);
