// What the code blocks of the pages take for granted. It is compiled with them, against the packages.
global using Microsoft.AspNetCore.Authentication;
global using Orleans.Configuration;
global using OrleansJobs;
global using OrleansJobs.Testing;
global using Sample;
global using Xunit;

namespace Sample;

public sealed record SendEmail(string To, string Subject, string Body);

public sealed class SendEmailHandler(ISmtp smtp) : IJobHandler<SendEmail>
{
    public async Task<JobResult> HandleAsync(SendEmail email, JobContext context)
    {
        await smtp.SendAsync(email, context.CancellationToken);
        return JobResult.Done;
    }
}

public interface ISmtp
{
    Task SendAsync(SendEmail email, CancellationToken cancellationToken);
}

public sealed record User(string Address, string Tenant);

public sealed record TranscodeMedia(string Path);

public sealed record TranscodeResult(string Path);

public sealed record Import(string File);

public sealed record ImportResult(int Rows);

public interface IStorage
{
    Task<bool> ExistsAsync(string file, CancellationToken cancellationToken);

    Task<int> CountAsync(string file, CancellationToken cancellationToken);

    Task UpsertAsync(string file, int row, CancellationToken cancellationToken);
}

public interface IImages
{
    Task ResizeAsync(string file, int width, CancellationToken cancellationToken);
}

public sealed record Address(string City);

public sealed record Receipt(string Number);

public interface ICards
{
    Task<Receipt> ChargeAsync(string order, CancellationToken cancellationToken);
}

public sealed class Timing : IJobMiddleware
{
    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next) => next(context);
}

// In place of the package Microsoft.AspNetCore.Authentication.JwtBearer, which one page names.
public static class JwtBearerDefaults
{
    public const string AuthenticationScheme = "Bearer";

    public static AuthenticationBuilder AddJwtBearer(this AuthenticationBuilder builder) => builder;
}
