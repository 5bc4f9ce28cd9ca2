using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Orleans;
using Orleans.Connections.Security;

namespace OrleansJobs.Client.Connecting;

/// <summary>Mutual TLS on the connections of a cluster.</summary>
internal sealed class ClusterTls
{
    private readonly TlsOptions _options;
    private readonly X509Certificate2Collection _authorities;
    private readonly X509Certificate2Collection _between;

    private ClusterTls(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authorities)
    {
        (_between, _authorities) = (between, authorities);
        _options = new TlsOptions
        {
            LocalCertificate = own,
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
            RemoteCertificateValidation = IsOfTheCluster,
        };
    }

    /// <exception cref="InvalidOptionsException">A file is missing or is not what it should be; the text names it.</exception>
    public static ClusterTls Load(ClusterTlsFiles files)
    {
        var authorities = Read(files.Authority, "the authority's certificate", LoadAll);
        var chain = Read(files.Certificate, "a certificate", LoadAll);
        using var pem = Read(files.Key, "the certificate's private key", key => X509Certificate2.CreateFromPemFile(files.Certificate, key));

        // A key that came from PEM is in memory alone, which not every system lets TLS use.
        var own = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        return new ClusterTls(own, chain, authorities);
    }

    public void ProtectServer(IConnectionBuilder connections) => connections.UseServerTls(_options);

    public void ProtectClient(IConnectionBuilder connections) => connections.UseClientTls(_options);

    private static X509Certificate2Collection LoadAll(string file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(file);
        return found.Count > 0 ? found : throw new CryptographicException("it has no certificate.");
    }

    private static T Read<T>(string file, string what, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InvalidOptionsException([$"The file '{file}' should be a PEM file with {what}: {exception.Message}"]);
        }
    }

    private bool IsOfTheCluster(X509Certificate2 remote, X509Chain? sent, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(_between);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);
        return chain.Build(remote);
    }
}
