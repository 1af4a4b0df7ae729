package org.apache.nifi.authentication.single.user;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password in the configuration: "salt:hash" by PBKDF2. Apache's class uses bcrypt. */
public final class PasswordHash {
    private static final int ROUNDS = 100_000;

    private PasswordHash() { }

    public static String encode(final String password) {
        final byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return HexFormat.of().formatHex(salt) + ":" + HexFormat.of().formatHex(derive(password, salt));
    }

    public static boolean matches(final String password, final String encoded) {
        final String[] parts = encoded.split(":");
        final byte[] expected = HexFormat.of().parseHex(parts[1]);
        return MessageDigest.isEqual(expected, derive(password, HexFormat.of().parseHex(parts[0])));
    }

    private static byte[] derive(final String password, final byte[] salt) {
        try {
            final PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, 256);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
