using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class OwnerTests
{
    [Fact]
    public void WhatRunsByItself_HasAnOwner() =>
        Rule.Holds(Repository.Product.In(ContainedLogRule.Folders).SelectMany(OwnerRule.Violations));

    [Theory]
    [InlineData("time.CreateTimer(_ => Look(), null, one, two)")]
    [InlineData("_ = RunAsync()")]
    [InlineData("_ = Task.Run(Look)")]
    [InlineData("_ = mailbox.PostAsync(Look)")]
    [InlineData("_timer = new Timer(Look)")]
    public void PlantedCall_IsFound(string call) => Assert.Single(OwnerRule.Violations(SourceFile.Planted($"class C {{ void F() {{ {call}; }} }}")));

    [Fact]
    public void PlantedAsyncVoid_IsFound() => Assert.Single(OwnerRule.Violations(SourceFile.Planted("class C { async void F() { await G(); } }")));

    [Theory]
    [InlineData("time.CreateOwnedTimer(\"The look\", Look, log)")]
    [InlineData("RunAsync().Own(\"The run\", log)")]
    [InlineData("_ = task.Exception")]
    public void OtherCall_IsLeftAlone(string call) => Assert.Empty(OwnerRule.Violations(SourceFile.Planted($"class C {{ void F() {{ {call}; }} }}")));
}
