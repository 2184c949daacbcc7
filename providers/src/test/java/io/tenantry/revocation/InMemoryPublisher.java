package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The port without a channel: all that a publisher must do, and the least that one can be. */
final class InMemoryPublisher implements RevocationPublisher {
    private static final class Realm {
        final Map<Selector, Instant> cutoffs = new HashMap<>();
        final List<Revocation> history = new ArrayList<>();
        boolean underConstruction;
        String epoch;
        Instant watermark;
    }

    private final Map<String, Realm> realms = new HashMap<>();
    private boolean down;

    void loseEverything() {
        realms.clear();
    }

    void goDown() {
        down = true;
    }

    private Realm realm(String name) {
        if (down) {
            throw new PublishException("nobody answers", new IllegalStateException());
        }
        return realms.computeIfAbsent(name, missing -> new Realm());
    }

    Map<Selector, Instant> cutoffs(String name) {
        return realm(name).cutoffs;
    }

    List<Revocation> history(String name) {
        return realm(name).history;
    }

    @Override
    public DataSet inspect(String name) {
        Realm realm = realm(name);
        return new DataSet(realm.epoch, realm.watermark);
    }

    @Override
    public Published publish(String name, List<Revocation> revocations) {
        Realm realm = realm(name);
        for (Revocation revocation : revocations) {
            realm.cutoffs.merge(
                    revocation.selector(), revocation.cutoff(), (known, told) -> known.isBefore(told) ? told : known);
            realm.history.add(revocation);
        }
        return new Published(realm.epoch);
    }

    @Override
    public Map<String, Verdict> advance(Collection<Claim> claims) {
        Map<String, Verdict> verdicts = new HashMap<>();
        claims.forEach(claim -> verdicts.put(claim.realm(), verdict(claim)));
        return verdicts;
    }

    private Verdict verdict(Claim claim) {
        if (down) {
            return new Unknown(new PublishException("nobody answers", new IllegalStateException()));
        }
        Realm realm = realm(claim.realm());
        Long live = claim.live();
        if (!Objects.equals(realm.epoch, claim.epoch()) || (live != null && realm.history.size() < live)) {
            return new Lost();
        }
        Instant told = claim.watermark();
        boolean ahead = realm.watermark != null
                && realm.watermark.isAfter(claim.now().plusSeconds(1))
                && realm.watermark.isAfter(Instant.now().plusSeconds(1));
        if (told != null && (realm.watermark == null || realm.watermark.isBefore(told) || ahead)) {
            realm.watermark = told;
        }
        return new Intact(realm.watermark, 0, false);
    }

    @Override
    public boolean clear(String name, String expected, boolean force) {
        Realm realm = realm(name);
        realm.history.clear();
        realm.epoch = null;
        realm.watermark = null;
        realm.underConstruction = true;
        return true;
    }

    @Override
    public void withdraw(String name, Selector selector) {
        realm(name).cutoffs.remove(selector);
    }

    @Override
    public void drop(String name, String epoch) {
        Realm realm = realm(name);
        if (realm.epoch != null && !realm.epoch.equals(epoch)) {
            return;
        }
        realm.history.clear();
        realm.epoch = null;
        realm.watermark = null;
    }

    @Override
    public void seal(String name, String epoch) {
        Realm realm = realm(name);
        if (!realm.underConstruction) {
            throw new PublishException("lost while it was built", new IllegalStateException());
        }
        realm.underConstruction = false;
        realm.epoch = epoch;
    }

    @Override
    public void close() {}
}
