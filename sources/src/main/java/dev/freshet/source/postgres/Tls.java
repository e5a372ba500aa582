package dev.freshet.source.postgres;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// How connections to one server are encrypted, and how both sides prove who they are.
final class Tls {
    private final SslMode mode;
    private final String host;
    private final SSLContext context;
    private final boolean verifies;

    private Tls(SslMode mode, String host, SSLContext context, boolean verifies) {
        this.mode = mode;
        this.host = host;
        this.context = context;
        this.verifies = verifies;
    }

    static Tls of(SslMode mode, String host, TlsFiles files) throws PostgresException {
        TrustManager @Nullable [] trust = files.trust(mode);
        KeyManager @Nullable [] keys = files.keys();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            boolean verifies = !(trust != null && trust[0] instanceof TrustEverybody);
            context.init(keys, trust, null);
            return new Tls(mode, host, context, verifies);
        } catch (GeneralSecurityException e) {
            throw failure(e);
        }
    }

    /// A socket that encrypts what goes through this one, and closes it when it is closed.
    SSLSocket over(Socket socket) throws PostgresException {
        try {
            SSLSocket encrypted =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, host, socket.getPort(), true);
            if (mode.checksHost()) {
                SSLParameters parameters = encrypted.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                encrypted.setSSLParameters(parameters);
            }
            encrypted.startHandshake();
            if (verifies) {
                certificate(encrypted).checkValidity();
            }
            return encrypted;
        } catch (IOException | GeneralSecurityException e) {
            throw failure(e);
        }
    }

    /// The certificate that the server has shown.
    static X509Certificate certificate(SSLSocket encrypted) throws PostgresException {
        try {
            return (X509Certificate) encrypted.getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw failure(e);
        }
    }

    static PostgresException failure(Exception e) {
        return new PostgresException(PostgresException.UNTRUSTED, reason(e), e);
    }

    /// What the innermost cause says, which is what the outer ones only wrap.
    private static String reason(Throwable thrown) {
        return switch (thrown) {
            case CertificateExpiredException expired -> "its certificate has expired (" + expired.getMessage() + ")";
            case CertPathBuilderException _ -> "its certificate was issued by nobody in sslrootcert";
            default -> thrown.getCause() == null ? String.valueOf(thrown.getMessage()) : reason(thrown.getCause());
        };
    }
}
