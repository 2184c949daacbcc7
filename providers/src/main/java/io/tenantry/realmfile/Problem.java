package io.tenantry.realmfile;

/**
 * Something that keeps a realm file from meaning what it says.
 *
 * @param path where, as a JSON path
 * @param what what is wrong, a full sentence
 * @param remedy what to do, a full sentence
 */
public record Problem(String path, String what, String remedy) {}
