namespace OrleansJobs.Hosting.Tests;

public sealed class FaultTextTests
{
    [Fact]
    public void TheGridsOwnFault_IsToldAsItIs_HoweverDeepItIsWrapped()
    {
        var fault = new StoreSetupException("The database 'jobs' does not exist.");
        Assert.Equal(fault.Message, FaultText.Of(fault));
        Assert.Equal(fault.Message, FaultText.Of(new AggregateException(new InvalidOperationException("A stage failed.", fault))));
    }

    [Fact]
    public void AnotherFault_IsOneLineWithItsCause()
    {
        Assert.Equal("The server failed. Cause: There is no certificate.",
            FaultText.Of(new InvalidOperationException("The server\nfailed.", new IOException("There is\r\nno certificate."))));
        Assert.Equal("All of it: no certificate.",
            FaultText.Of(new AggregateException(new IOException("All of it: no certificate.", new IOException("no certificate.")))));
    }
}
