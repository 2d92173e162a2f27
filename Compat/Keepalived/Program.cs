using Dropin.Compat.Keepalived.Start;

return new Launcher().Run();
