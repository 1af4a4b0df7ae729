package org.apache.nifi.authentication.single.user;

import java.util.concurrent.TimeUnit;
import org.apache.nifi.authentication.AuthenticationResponse;
import org.apache.nifi.authentication.LoginCredentials;
import org.apache.nifi.authentication.LoginIdentityProvider;
import org.apache.nifi.authentication.LoginIdentityProviderConfigurationContext;
import org.apache.nifi.authentication.LoginIdentityProviderInitializationContext;
import org.apache.nifi.authentication.exception.InvalidLoginCredentialsException;
import org.apache.nifi.authentication.exception.ProviderCreationException;

/** Replaces Apache's class of the same name in tests: only the user of the configuration may log in. */
public class SingleUserLoginIdentityProvider implements LoginIdentityProvider {
    private String username;
    private String passwordHash;

    @Override
    public AuthenticationResponse authenticate(final LoginCredentials credentials) {
        final boolean isRight = PasswordHash.matches(credentials.getPassword(), passwordHash);
        if (!isRight || !username.equals(credentials.getUsername())) {
            throw new InvalidLoginCredentialsException("wrong username or password");
        }
        return new AuthenticationResponse(username, username, TimeUnit.HOURS.toMillis(8), getClass().getSimpleName());
    }

    @Override
    public void initialize(final LoginIdentityProviderInitializationContext context) { }

    @Override
    public void onConfigured(final LoginIdentityProviderConfigurationContext context) {
        username = context.getProperty("Username");
        passwordHash = context.getProperty("Password");
        if (passwordHash == null || passwordHash.isEmpty()) {
            throw new ProviderCreationException("no password: nifi.sh set-single-user-credentials comes first");
        }
    }

    @Override
    public void preDestruction() { }
}
