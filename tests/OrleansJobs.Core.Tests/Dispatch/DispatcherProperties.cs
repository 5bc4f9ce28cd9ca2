using FsCheck;
using FsCheck.Fluent;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>
/// The invariants under anything that can happen, in any order: at most one live lease of a job (I2), no limit exceeded and none leaking (I3),
/// no grant before its time (I6), bounded memory (I8), and in the end every job done (I1).
/// </summary>
public sealed class DispatcherProperties
{
    [Fact]
    public void WhateverHappens_TheInvariantsHold_AndEverythingEnds()
    {
        var numbers = Arb.From(Gen.Choose(0, 1_000_000).ArrayOf().Resize(400), Shrink);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(numbers, Run));
    }

    private static void Run(int[] numbers)
    {
        var grid = new ModelGrid();
        foreach (var number in numbers)
        {
            grid.Do(number);
        }

        grid.Finish();
    }

    private static IEnumerable<int[]> Shrink(int[] numbers)
    {
        for (var size = numbers.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= numbers.Length; at += size)
            {
                yield return [.. numbers[..at], .. numbers[(at + size)..]];
            }
        }
    }
}
