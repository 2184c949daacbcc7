package io.tenantry.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * RFC 3986 percent-encoding of everything but unreserved characters, so that a part can hold neither the separator nor
 * the braces of a hash tag. {@link java.net.URLEncoder} is of no use here: it writes forms, with '+' for a space.
 */
final class PercentEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            }
        }
        return out.toString();
    }

    static String decode(String encoded) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%' && i + 2 < encoded.length()) {
                out.write((hexDigit(encoded, i + 1) << 4) | hexDigit(encoded, i + 2));
                i += 2;
            } else if (c < 0x80 && isUnreserved((byte) c)) {
                out.write(c);
            } else {
                throw malformed(encoded);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int hexDigit(String encoded, int index) {
        int digit = Character.digit(encoded.charAt(index), 16);
        if (digit < 0) {
            throw malformed(encoded);
        }
        return digit;
    }

    private static MalformedEntryException malformed(String encoded) {
        return new MalformedEntryException("'" + encoded + "' is not percent-encoded");
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
