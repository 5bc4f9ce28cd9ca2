namespace OrleansJobs;

/// <summary>
/// The files by which silos and clients of a cluster know each other: each shows a certificate of one authority and takes only those of it. Names
/// in the certificates are not looked at, for silos are reached by address; so the authority should be the cluster's alone.
/// </summary>
/// <param name="Certificate">A PEM file with the certificate of this process, for server and client authentication, and what lies between it and the authority.</param>
/// <param name="Key">A PEM file with its private key; may be the same file.</param>
/// <param name="Authority">A PEM file with the authorities' certificates.</param>
public sealed record ClusterTlsFiles(string Certificate, string Key, string Authority);
