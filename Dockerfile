# syntax=docker/dockerfile:1
# The silo host: grains, pools, HTTP API, and the learning platform's job classes. Its API listens on all addresses of the container, so it
# starts only with a key: JobGrid__Access__Keys__NAME__Hash and __Role, as `jobs key new NAME --role ROLE` prints them.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# All that .dockerignore lets through. Packages stay in the builder's cache, whatever changes here.
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish silo/OrleansJobs.Silo.csproj --configuration Release -p:RunAnalyzers=false --output /app \
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
