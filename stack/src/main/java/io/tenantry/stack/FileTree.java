package io.tenantry.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link Files} does for a file, for a whole tree. */
final class FileTree {
    private FileTree() {}

    /** Copies; files for which {@code linked} holds (given relative to {@code from}) become hard links where possible. */
    static void copy(Path from, Path to, Predicate<Path> linked) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path name = from.relativize(file);
                copyOrLink(file, to.resolve(name), linked.test(name));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void copyOrLink(Path file, Path target, boolean link) throws IOException {
        if (link) {
            try {
                Files.createLink(target, file);
                return;
            } catch (UnsupportedOperationException e) {
                // Not every file system has hard links; a copy only costs space
            }
        }
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
