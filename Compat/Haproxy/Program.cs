using Dropin.Compat.Haproxy.Start;

return new Launcher().Run();
