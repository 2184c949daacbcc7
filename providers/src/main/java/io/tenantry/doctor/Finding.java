package io.tenantry.doctor;

/**
 * Something misconfigured in a realm.
 *
 * @param check a stable name of what was checked, in kebab case
 * @param what what is wrong, a full sentence
 * @param where which part of the realm, as the console names it
 * @param remedy what to do, a full sentence
 */
public record Finding(Severity severity, String check, String what, String where, String remedy) {}
