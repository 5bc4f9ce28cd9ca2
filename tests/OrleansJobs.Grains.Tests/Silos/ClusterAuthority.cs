using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrleansJobs.Grains.Tests.Silos;

/// <summary>A certificate authority in a folder of its own, with what it has signed.</summary>
internal sealed class ClusterAuthority : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset Until = DateTimeOffset.UtcNow.AddDays(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("orleansjobs-authority-").FullName;
    private readonly X509Certificate2 _root;

    public ClusterAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=cluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(From, Until);
        File.WriteAllText(AuthorityFile, _root.ExportCertificatePem());
    }

    private string AuthorityFile => Path.Combine(_folder, "authority.pem");

    /// <summary>Files of a new member of the cluster.</summary>
    public ClusterTlsFiles Sign(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var signed = request.Create(_root, From, Until, RandomNumberGenerator.GetBytes(8));
        var (certificate, secret) = (Path.Combine(_folder, $"{name}.pem"), Path.Combine(_folder, $"{name}.key"));
        File.WriteAllText(certificate, signed.ExportCertificatePem());
        File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem());
        return new ClusterTlsFiles(certificate, secret, AuthorityFile);
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
