namespace OrleansJobs.Testing.Tests.Sample;

public sealed record Greet(string Name)
{
    public static readonly JobClass<Greet, string> Class = new("greet");
}
