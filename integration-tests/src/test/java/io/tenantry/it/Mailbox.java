package io.tenantry.it;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A mail server on this machine, for a realm to send through and for tests to read. */
public final class Mailbox implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+(?:action-token|token=)[^\\s\"<>]*");

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    /** Starts it on a free port. */
    public Mailbox() {
        mail.start();
    }

    /** What a realm's representation says to send through it. */
    public Map<String, ?> realmFields() {
        return Map.of(
                "smtpServer",
                Map.of(
                        "host",
                        "127.0.0.1",
                        "port",
                        Integer.toString(mail.getSmtp().getPort()),
                        "from",
                        "no-reply@lending.test"));
    }

    /** How many came for this address. */
    public int count(String recipient) {
        return to(recipient).size();
    }

    /** The link to act on in the last mail to this address; the server has sent it before it answered. */
    public URI link(String recipient) {
        String body = GreenMailUtil.getBody(last(recipient))
                .replace("=\r\n", "")
                .replace("=3D", "=")
                // Texts of invitations hold the link as HTML
                .replace("&#61;", "=")
                .replace("&amp;", "&");
        Matcher link = LINK.matcher(body);
        if (!link.find()) {
            throw new AssertionError("no link in the mail to " + recipient + ": " + body);
        }
        return URI.create(link.group());
    }

    /** The last mail to this address, as those read it who see no markup. */
    public String text(String recipient) {
        return part(recipient, "text/plain");
    }

    /** The last mail to this address, as most read it. */
    public String html(String recipient) {
        return part(recipient, "text/html");
    }

    /** The subject of the last mail to this address. */
    public String subject(String recipient) {
        try {
            return last(recipient).getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String part(String recipient, String type) {
        try {
            return part(last(recipient), type)
                    .orElseThrow(() -> new AssertionError("no " + type + " in the mail to " + recipient));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return Optional.of((String) part.getContent());
        }
        if (part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                Optional<String> found = part(several.getBodyPart(i), type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private MimeMessage last(String recipient) {
        List<MimeMessage> messages = to(recipient);
        if (messages.isEmpty()) {
            throw new AssertionError("no mail to " + recipient);
        }
        return messages.get(messages.size() - 1);
    }

    private List<MimeMessage> to(String recipient) {
        return Stream.of(mail.getReceivedMessages())
                .filter(message -> recipients(message)
                        .anyMatch(address -> address.toString().equalsIgnoreCase(recipient)))
                .toList();
    }

    private static Stream<Address> recipients(MimeMessage message) {
        try {
            return Stream.of(message.getAllRecipients());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        mail.stop();
    }
}
