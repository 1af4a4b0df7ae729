package org.apache.nifi.authentication.single.user.command;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.nifi.authentication.single.user.PasswordHash;
import org.apache.nifi.authentication.single.user.SingleUserLoginIdentityProvider;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Replaces Apache's class in tests: nifi.sh set-single-user-credentials USERNAME PASSWORD writes conf/login-identity-providers.xml. */
public final class SetSingleUserCredentials {
    private SetSingleUserCredentials() { }

    public static void main(final String[] args) throws Exception {
        if (args.length != 2 || args[0].length() < 4 || args[1].length() < 12) {
            throw new IllegalArgumentException("a username of 4 characters and a password of 12 characters, at least");
        }
        final Path file = Path.of("conf", "login-identity-providers.xml");
        final Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        final NodeList providers = document.getElementsByTagName("provider");
        for (int i = 0; i < providers.getLength(); i++) {
            final Element provider = (Element) providers.item(i);
            final String name = provider.getElementsByTagName("class").item(0).getTextContent().trim();
            if (!name.equals(SingleUserLoginIdentityProvider.class.getName())) {
                continue;
            }
            final NodeList properties = provider.getElementsByTagName("property");
            for (int j = 0; j < properties.getLength(); j++) {
                final Element property = (Element) properties.item(j);
                property.setTextContent(property.getAttribute("name").equals("Username") ? args[0] : PasswordHash.encode(args[1]));
            }
        }
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(file.toFile()));
    }
}
