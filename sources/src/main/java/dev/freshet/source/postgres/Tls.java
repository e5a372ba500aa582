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

/// How connections to one server are encrypted, and how both sides prove who they are. Safe for use by many threads.
final class Tls {
    private final SslMode mode;
    private final String host;
    private final TrustManager @Nullable [] trust;
    private final KeyManager @Nullable [] keys;
    private final boolean verifies;
    private @Nullable SSLContext context;

    private Tls(SslMode mode, String host, TrustManager @Nullable [] trust, KeyManager @Nullable [] keys) {
        this.mode = mode;
        this.host = host;
        this.trust = trust;
        this.keys = keys;
        this.verifies = !(trust != null && trust[0] instanceof TrustEverybody);
    }

    static Tls of(SslMode mode, String host, TlsFiles files) throws PostgresException {
        return new Tls(mode, host, files.trust(mode), files.keys());
    }

    /// Made for the first server that encrypts: the Java runtime needs some time for it, and many do not.
    private synchronized SSLContext context() throws GeneralSecurityException {
        if (context == null) {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(keys, trust, null);
            context = made;
        }
        return context;
    }

    /// A socket that encrypts what goes through this one, and closes it when it is closed.
    SSLSocket over(Socket socket) throws PostgresException {
        try {
            SSLSocket encrypted =
                    (SSLSocket) context().getSocketFactory().createSocket(socket, host, socket.getPort(), true);
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
