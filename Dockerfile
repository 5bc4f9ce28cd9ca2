# syntax=docker/dockerfile:1
# The silo host: grains, pools, HTTP API, and the learning platform's job classes. Its API listens on all addresses of the container, so it
# starts only with a key: JobGrid__Access__Keys__NAME__Hash and __Role, as `jobs key new NAME --role ROLE` prints them.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# First only what a restore reads, so that its layer lasts until a package or a project changes.
COPY Directory.Build.props Directory.Packages.props global.json ./
COPY src/Directory.Build.props src/
COPY src/OrleansJobs.Abstractions/OrleansJobs.Abstractions.csproj src/OrleansJobs.Abstractions/
COPY src/OrleansJobs.Core/OrleansJobs.Core.csproj src/OrleansJobs.Core/
COPY src/OrleansJobs.Storage/OrleansJobs.Storage.csproj src/OrleansJobs.Storage/
COPY src/OrleansJobs.Workers/OrleansJobs.Workers.csproj src/OrleansJobs.Workers/
COPY src/OrleansJobs.Engine/OrleansJobs.Engine.csproj src/OrleansJobs.Engine/
COPY src/OrleansJobs.Embedded/OrleansJobs.Embedded.csproj src/OrleansJobs.Embedded/
COPY src/OrleansJobs.Sqlite/OrleansJobs.Sqlite.csproj src/OrleansJobs.Sqlite/
COPY src/OrleansJobs.Postgres/OrleansJobs.Postgres.csproj src/OrleansJobs.Postgres/
COPY src/OrleansJobs.Grains/OrleansJobs.Grains.csproj src/OrleansJobs.Grains/
COPY src/OrleansJobs.Client/OrleansJobs.Client.csproj src/OrleansJobs.Client/
COPY src/OrleansJobs.Dashboard/OrleansJobs.Dashboard.csproj src/OrleansJobs.Dashboard/
COPY samples/LearningPlatform/LearningPlatform.csproj samples/LearningPlatform/
COPY samples/LearningPlatform.Hosting/LearningPlatform.Hosting.csproj samples/LearningPlatform.Hosting/
COPY silo/OrleansJobs.Silo.csproj silo/
RUN dotnet restore silo/OrleansJobs.Silo.csproj

COPY .editorconfig ./
COPY src/ src/
COPY samples/LearningPlatform/ samples/LearningPlatform/
COPY samples/LearningPlatform.Hosting/ samples/LearningPlatform.Hosting/
COPY silo/ silo/
RUN dotnet publish silo/OrleansJobs.Silo.csproj --configuration Release --no-restore --output /app \
    && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
COPY --from=build --chown=$APP_UID:$APP_UID /data /data

ENV DOTNET_EnableDiagnostics=0 \
    JobGrid__Http__Url=http://*:5080 \
    JobGrid__Sqlite__Path=/data/jobs.db \
    LearningPlatform__DataDirectory=/data/learning
EXPOSE 5080 11111 30000
VOLUME /data
USER $APP_UID

# The image has no curl; bash can speak enough HTTP.
HEALTHCHECK --interval=5s --timeout=10s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]

ENTRYPOINT ["dotnet", "OrleansJobs.Silo.dll"]
