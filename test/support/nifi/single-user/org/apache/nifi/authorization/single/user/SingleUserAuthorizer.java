package org.apache.nifi.authorization.single.user;

import org.apache.nifi.authorization.AuthorizationRequest;
import org.apache.nifi.authorization.AuthorizationResult;
import org.apache.nifi.authorization.Authorizer;
import org.apache.nifi.authorization.AuthorizerConfigurationContext;
import org.apache.nifi.authorization.AuthorizerInitializationContext;

/** Replaces Apache's class of the same name in tests. Like that class, it allows everything to authenticated users. */
public class SingleUserAuthorizer implements Authorizer {
    @Override
    public AuthorizationResult authorize(final AuthorizationRequest request) {
        return AuthorizationResult.approved();
    }

    @Override
    public void initialize(final AuthorizerInitializationContext context) { }

    @Override
    public void onConfigured(final AuthorizerConfigurationContext context) { }

    @Override
    public void preDestruction() { }
}
