package io.tenantry.doctor;

/** How bad a finding is. */
public enum Severity {
    /** A protection does not work. */
    ERROR,
    /** A protection works less well than it could, or soon will not. */
    WARNING
}
