using System.Diagnostics;

namespace Dropin.Benchmarks;

/// <summary>The web server behind the proxies: nginx, one process, answers from memory or a 1 MB file.</summary>
internal sealed class Origin : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    public Origin()
    {
        Port = Machine.FreePort();
        _folder = Directory.CreateTempSubdirectory("bench-origin-").FullName;
        File.SetUnixFileMode(_folder, (UnixFileMode)0x1ED); // rwxr-xr-x: the worker is another user when root runs this
        File.WriteAllBytes(Path.Combine(_folder, "1m"), new byte[1 << 20]);
        var config = Path.Combine(_folder, "nginx.conf");
        File.WriteAllText(config, $$"""
            daemon off;
            master_process off;
            worker_processes 1;
            pid {{_folder}}/pid;
            error_log {{_folder}}/error.log;
            events { worker_connections 16000; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              keepalive_timeout 600s;
              sendfile on;
              tcp_nopush on;
              client_body_temp_path {{_folder}}/b; proxy_temp_path {{_folder}}/p; fastcgi_temp_path {{_folder}}/f;
              uwsgi_temp_path {{_folder}}/u; scgi_temp_path {{_folder}}/s;
              server {
                listen 127.0.0.1:{{Port}} backlog=8192 reuseport;
                root {{_folder}};
                location / { default_type text/plain; return 200 "{{new string('x', 128)}}"; }
                location = /1m { default_type application/octet-stream; }
              }
            }
            """);
        _process = Machine.Start(Machine.OtherCpus, "nginx", "-c", config, "-p", _folder, "-e", Path.Combine(_folder, "error.log"));
        if (!Machine.WaitListening(Port, TimeSpan.FromSeconds(10), () => !_process.HasExited))
            throw new InvalidOperationException("nginx does not start: " + (_process.HasExited ? _process.StandardError.ReadToEnd() : "no answer"));
    }

    public int Port { get; }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
