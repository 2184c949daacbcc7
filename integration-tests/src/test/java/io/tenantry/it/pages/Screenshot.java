package io.tenantry.it.pages;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A picture of a screen, made small: of its colours the most frequent stay, and the others, which are shades at the edges
 * of letters, become the nearest of them. That is less than half of what the browser writes.
 */
final class Screenshot {
    private static final int COLOURS = 256;

    private final BufferedImage image;

    /** As the browser gave it. */
    Screenshot(byte[] png) {
        try {
            image = ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it as PNG. */
    void writeTo(Path file) {
        int[] palette = palette();
        byte[][] channels = new byte[3][palette.length];
        for (int i = 0; i < palette.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                channels[channel][i] = (byte) channel(palette[i], channel);
            }
        }
        BufferedImage small = new BufferedImage(
                image.getWidth(),
                image.getHeight(),
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, palette.length, channels[0], channels[1], channels[2]));
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                small.getRaster()
                        .setSample(
                                x,
                                y,
                                0,
                                nearest.computeIfAbsent(image.getRGB(x, y), colour -> nearest(colour, palette)));
            }
        }
        try {
            ImageIO.write(small, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int[] palette() {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                counts.merge(image.getRGB(x, y), 1, Integer::sum);
            }
        }
        List<Map.Entry<Integer, Integer>> colours = new java.util.ArrayList<>(counts.entrySet());
        // By the colour too, so that the same screen is the same file
        colours.sort(Map.Entry.<Integer, Integer>comparingByValue(Collections.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return colours.stream().limit(COLOURS).mapToInt(Map.Entry::getKey).toArray();
    }

    private static int nearest(int colour, int[] palette) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int distance = 0;
            for (int channel = 0; channel < 3; channel++) {
                int apart = channel(colour, channel) - channel(palette[i], channel);
                distance += apart * apart;
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** Red, green or blue. */
    private static int channel(int colour, int which) {
        return (colour >> (16 - 8 * which)) & 0xff;
    }
}
