package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;

/**
 * How large an access token may be, in bytes of its encoded form.
 *
 * @param warn the largest size that is nobody's concern
 * @param limit the largest size that is issued at all
 */
record ByteBudget(int warn, int limit) {
    /** The largest limit that can be set: more than any server or proxy takes in one header. */
    static final int MAX = 65_536;

    ByteBudget {
        requireInRange(TenantClaimsSetting.BYTES_WARN, warn);
        requireInRange(TenantClaimsSetting.BYTES_LIMIT, limit);
        if (warn > limit) {
            throw new InvalidSettingException(
                    TenantClaimsSetting.BYTES_WARN.key(),
                    Integer.toString(warn),
                    "it must not exceed " + TenantClaimsSetting.BYTES_LIMIT.key() + ", which is " + limit);
        }
    }

    private static void requireInRange(TenantClaimsSetting setting, int bytes) {
        if (bytes < 1 || bytes > MAX) {
            throw new InvalidSettingException(
                    setting.key(), Integer.toString(bytes), "write a number of bytes from 1 to " + MAX);
        }
    }
}
