namespace OrleansJobs.Abstractions.Tests.Wire;

/// <summary>Records keep lists and maps in the form in which they travel; who made them notices nothing.</summary>
public sealed class WireListsTests
{
    private static readonly string[] Tags = ["a", "b"];

    [Fact]
    public void Array_IsKeptAsItIs() => Assert.Same(Tags, new SubmitOptions { Tags = Tags }.Tags);

    [Fact]
    public void List_IsCopied()
    {
        var list = new List<string>(Tags);
        var options = new SubmitOptions { Tags = list };
        list.Add("c");

        Assert.Equal(Tags, options.Tags);
    }

    [Fact]
    public void Null_GoesThroughForTheChecksToNameIt() => Assert.Null(new SubmitOptions { Tags = null! }.Tags);

    [Fact]
    public void Map_ThatComparesByOrdinal_IsKeptAsItIs()
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal) { ["acme"] = 3 };

        Assert.Same(weights, new JobClassSettings { TenantWeights = weights }.TenantWeights);
    }

    [Fact]
    public void Map_ThatComparesOtherwise_ComparesByOrdinal()
    {
        var weights = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["acme"] = 3 };

        Assert.False(new JobClassSettings { TenantWeights = weights }.TenantWeights.ContainsKey("ACME"));
    }

    [Fact]
    public void Bytes_OfAWholeArray_AreNotCopied()
    {
        byte[] bytes = [1, 2, 3];

        Assert.True(new JobSubmission { JobClass = "email", Payload = bytes }.Payload.Equals(bytes));
        Assert.Equal(new byte[] { 2, 3 }, new JobSubmission { JobClass = "email", Payload = bytes.AsMemory(1) }.Payload.ToArray());
    }

    [Fact]
    public void Page_CanBeChanged()
    {
        var page = new JobPage([], "cursor") with { NextCursor = null };

        Assert.Empty(page.Jobs);
        Assert.Null(page.NextCursor);
    }
}
