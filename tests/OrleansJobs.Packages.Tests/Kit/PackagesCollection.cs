namespace OrleansJobs.Packages.Tests.Kit;

/// <summary>Tests that share the packages; one after the other, because each build takes the whole machine.</summary>
[CollectionDefinition(Name)]
public sealed class PackagesCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "Packages";
}
