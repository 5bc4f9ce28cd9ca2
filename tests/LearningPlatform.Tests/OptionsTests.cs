using LearningPlatform.Email;
using OrleansJobs;

namespace LearningPlatform.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.NotNull(new LearningPlatformOptions().Validated());

    [Fact]
    public void Faults_AreAllReportedAtOnce_WithKeyValueAndRange()
    {
        var options = new LearningPlatformOptions
        {
            DataDirectory = " ",
            Qualities = [1, 12],
            ChunkBytes = 0,
            ChunksPerCheckpoint = 0,
            MaxIndexedBytes = -1,
            Sender = "nobody",
            Smtp = new SmtpOptions { Host = "not a host", Port = 0, UserName = "ada" },
        };

        var faults = Assert.Throws<InvalidOptionsException>(options.Validated).Faults;

        Assert.Equal(
            [
                "LearningPlatform:DataDirectory is ' '; it must name a directory.",
                "LearningPlatform:Qualities has 12; a quality is from 0 to 11.",
                "LearningPlatform:ChunkBytes is 0; it must be from 1024 to 67108864.",
                "LearningPlatform:ChunksPerCheckpoint is 0; it must be from 1 to 1024.",
                "LearningPlatform:MaxIndexedBytes is -1; it must be from 1 to 268435456.",
                "LearningPlatform:Sender is 'nobody': it is not one email address.",
                "LearningPlatform:Smtp:Host is 'not a host'; it must be a host name or an address.",
                "LearningPlatform:Smtp:Port is 0; it must be from 1 to 65535.",
                "LearningPlatform:Smtp:UserName and Password must be set together.",
            ],
            faults);
    }

    [Fact]
    public void Qualities_MustNotBeEmpty() =>
        Assert.Contains("1 to 12", Assert.Throws<InvalidOptionsException>(new LearningPlatformOptions { Qualities = [] }.Validated).Message);
}
