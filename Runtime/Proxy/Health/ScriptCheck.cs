using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>A script of a backend made ready to run: one object for all its servers, no state of a run.</summary>
/// <remarks>Configuration manual 4.2, <c>tcp-check</c> and <c>http-check</c>. Runs on the loop's thread from beginning to end.</remarks>
internal sealed class ScriptCheck
{
    private readonly ScriptCheckConfig _config;
    private readonly CheckStep[] _steps;
    private readonly Expectation?[] _expectations;

    internal ScriptCheck(ScriptCheckConfig config, ICheckExpressions expressions)
    {
        _config = config;
        _steps = Complete(config);
        _expectations = new Expectation?[_steps.Length];
        for (var i = 0; i < _steps.Length; i++)
        {
            _expectations[i] = _steps[i] is ExpectStep expect ? Expectation.Make(expect, config, expressions) : null;
        }
    }

    internal async ValueTask<CheckOutcome> RunAsync(CheckRun run)
    {
        using var connection = new CheckConnection(run.Loop, run.Server);
        using var response = _config.Kind == CheckKind.Http ? new HttpCheckResponse(run.Loop.Buffers) : null;
        var method = KnownMethod.Other;
        CheckStep? lastSend = null;
        // What the check ends with, unless a later step says otherwise: the connection stands.
        var outcome = new CheckOutcome(CheckStatus.Layer4Ok, 0, Said);
        for (var i = 0; i < _steps.Length; i++)
        {
            if (_steps[i] is ConnectStep or ExpectStep && await FlushAsync(run, connection, lastSend) is { } unsent)
            {
                return unsent;
            }

            switch (_steps[i])
            {
                case ConnectStep connect:
                    var opened = await ConnectAsync(run, connection, connect, i + 1 < _steps.Length && _steps[i + 1] is ExpectStep);
                    if (opened is { } failure)
                    {
                        return failure;
                    }

                    break;
                case SetVariableStep variable:
                    run.Expressions.SetVariable(variable, run.Subject);
                    break;
                case ExpectStep:
                    var result = await ExpectAsync(run, connection, response, method, _expectations[i]!);
                    if (result.Verdict == ExpectVerdict.Failed)
                    {
                        return result.Outcome;
                    }

                    outcome = result.Outcome;
                    break;
                case HttpSendStep http:
                    method = KnownMethods.Of(Encoding.ASCII.GetBytes(http.Method));
                    outcome = new CheckOutcome(CheckStatus.Layer7Ok);
                    Keep(run, connection, HttpCheckRequest.Build(http, _config.SendState, run));
                    lastSend = http;
                    break;
                case SendStep send:
                    outcome = new CheckOutcome(CheckStatus.Layer7Ok, 0, Said);
                    Keep(run, connection, BytesOf(send, run));
                    lastSend = send;
                    break;
                default:
                    break;
            }
        }

        return await FlushAsync(run, connection, lastSend) ?? outcome;
    }

    /// <summary>What a success of a tcp-check says; one without a step says nothing.</summary>
    private string Said => _config.Kind == CheckKind.Tcp && Array.Exists(_steps, step => step.Index > 0) ? "(tcp-check)" : "";

    private async ValueTask<CheckOutcome?> ConnectAsync(CheckRun run, CheckConnection connection, ConnectStep step, bool waits)
    {
        var address = AddressOf(run, step);
        // Consecutive connections each have the time that one has.
        var result = await connection.OpenAsync(address, run.Source, step.Linger, waits, run.ConnectDeadline());
        if (!result.IsDone)
        {
            return TcpConnectCheck.Failure(connection, result, Where(step, step.Index == 0 ? "" : step.Port is { } port ? $"(connect port {port})" : "(connect)"));
        }

        run.Connected();
        run.Subject.Buffer = default;
        var sendsProxy = step.SendProxy || ((step.Index == 0 || step.Default) && run.Server.Config.Check is { SendProxy: true });
        if (sendsProxy)
        {
            connection.Keep(connection.ProxyHeader());
        }

        return null;
    }

    private void Keep(CheckRun run, CheckConnection connection, byte[] bytes)
    {
        // What was received before a question is no answer to it. The greeting of MySQL stays: the next packet is found behind it.
        if (_config.Kind != CheckKind.MySql)
        {
            connection.Drop();
            run.Subject.Buffer = default;
        }

        if (_config.Kind == CheckKind.SslHello)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(11), (uint)(run.Loop.WallMicroseconds / 1_000_000));
        }

        connection.Keep(bytes);
    }

    private async ValueTask<CheckOutcome?> FlushAsync(CheckRun run, CheckConnection connection, CheckStep? step)
    {
        var result = await connection.FlushAsync(run.AnswerDeadline);
        return result.IsDone ? null : Broken(result, step is null ? "" : Where(step, "(send)"), CheckStatus.Layer7Timeout);
    }

    private async ValueTask<ExpectResult> ExpectAsync(
        CheckRun run, CheckConnection connection, HttpCheckResponse? response, KnownMethod method, Expectation expectation)
    {
        while (true)
        {
            run.Subject.Buffer = connection.Received;
            if (response is not null)
            {
                response.Read(connection.Received.Span, method, connection.IsFinal);
                run.Subject.Response = response.Head;
                run.Subject.Body = response.Body;
            }

            if (connection.Length > 0 || connection.IsFinal)
            {
                var result = expectation.Judge(run, response, connection.IsFinal);
                if (result.Verdict != ExpectVerdict.Wait)
                {
                    return result;
                }
            }

            var read = await connection.ReadAsync(run.AnswerDeadline);
            if (!read.IsDone)
            {
                return new ExpectResult(ExpectVerdict.Failed, Broken(read, Where(expectation.Step, expectation.Words), expectation.TimeoutStatus));
            }
        }
    }

    private static CheckOutcome Broken(in WaitResult result, string where, CheckStatus timeout) => result switch
    {
        { Status: WaitStatus.TimedOut } => new CheckOutcome(timeout, 0, where),
        { Error: not 0 } => new CheckOutcome(CheckStatus.SocketError, 0, Errno.Describe(result.Error) + where),
        _ => new CheckOutcome(CheckStatus.SocketError, 0, where),
    };

    /// <summary>" at step 2 of tcp-check (connect port 80) comment: 'x'"; only tcp-checks tell where they were.</summary>
    private string Where(CheckStep step, string words)
    {
        if (_config.Kind != CheckKind.Tcp)
        {
            return "";
        }

        if (step.Index == 0)
        {
            return " at initial connection step of tcp-check";
        }

        var comment = step.Comment is null ? "" : $" comment: '{step.Comment}'";
        return string.Create(CultureInfo.InvariantCulture, $" at step {step.Index} of tcp-check {words}{comment}");
    }

    private static byte[] BytesOf(SendStep step, CheckRun run)
    {
        if (step.Format is null)
        {
            return step.Data is null ? [] : step.Data.AsSpan().ToArray();
        }

        var text = new ArrayBufferWriter<byte>();
        run.Expressions.Write(step.Format, run.Subject, text);
        return step.Binary ? CheckBytes.FromHex(text.WrittenSpan) : text.WrittenSpan.ToArray();
    }

    private static SocketAddress128 AddressOf(CheckRun run, ConnectStep step)
    {
        var address = step.Address is null ? run.Address : ListeningSocket.AddressOf(step.Address);
        if (address.Family is not (SocketFamily.IPv4 or SocketFamily.IPv6))
        {
            return address;
        }

        if (step.Port is { } port)
        {
            address.SetPort(port);
        }
        else if (step.PortExpression is { } expression && run.Expressions.TryGetNumber(expression, run.Subject, out var number) && number is > 0 and < 65536)
        {
            address.SetPort((int)number);
        }
        else if (address.Port == 0)
        {
            address.SetPort(run.Address.Port);
        }

        return address;
    }

    /// <summary>Adds what may be left out: the first connection, the request, and the expectation of a good status.</summary>
    private static CheckStep[] Complete(ScriptCheckConfig config)
    {
        var steps = new List<CheckStep>();
        string? comment = null;
        foreach (var one in config.Steps)
        {
            if (one is CommentStep)
            {
                // It belongs to the next step that can fail, unless that has one of its own.
                comment = one.Comment;
                continue;
            }

            var step = one;
            if (step is not SetVariableStep && step.Index > 0)
            {
                step = step with { Comment = step.Comment ?? comment };
                comment = null;
            }

            if (step is not SetVariableStep && !steps.Exists(s => s is ConnectStep) && step is not ConnectStep)
            {
                steps.Add(new ConnectStep(step.At));
            }

            steps.Add(step);
        }

        var at = config.Steps.Count > 0 ? config.Steps[0].At : default;
        if (!steps.Exists(s => s is ConnectStep))
        {
            steps.Add(new ConnectStep(at));
        }

        if (config.Kind == CheckKind.Http)
        {
            if (!steps.Exists(s => s is HttpSendStep))
            {
                steps.Insert(steps.FindIndex(s => s is ConnectStep) + 1, new HttpSendStep(at));
            }

            if (steps.FindLastIndex(s => s is ExpectStep) < steps.FindLastIndex(s => s is HttpSendStep))
            {
                steps.Add(new ExpectStep(at) { Kind = ExpectKind.HttpStatus, Statuses = [new StatusRange(200, 399)] });
            }
        }

        return [.. steps];
    }
}
