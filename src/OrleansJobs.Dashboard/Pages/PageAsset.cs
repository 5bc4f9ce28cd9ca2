namespace OrleansJobs.Dashboard.Pages;

/// <summary>A file of the pages.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">What is in it.</param>
/// <param name="Zipped">The same by gzip; null where that is no shorter.</param>
/// <param name="ETag">Changes with what is in it.</param>
internal sealed record PageAsset(string ContentType, byte[] Bytes, byte[]? Zipped, string ETag);
