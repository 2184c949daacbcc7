package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.RevocationPublisher.Claim;
import io.tenantry.revocation.RevocationPublisher.DataSet;
import io.tenantry.revocation.RevocationPublisher.Intact;
import io.tenantry.revocation.RevocationPublisher.Lost;
import io.tenantry.revocation.RevocationPublisher.Unknown;
import io.tenantry.revocation.RevocationPublisher.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the outbox relies on in a publisher, whatever the channel. A publisher passes when a subclass of this does:
 * docs/revocation.md, Another publisher.
 */
public abstract class RevocationPublisherContract {
    private static final String REALM = "lending";
    private static final Selector SESSION = Selector.sid("s:1");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private RevocationPublisher publisher;

    /** A publisher to a channel that holds nothing. */
    protected abstract RevocationPublisher publisher();

    /** A publisher whose channel does not answer. */
    protected abstract RevocationPublisher unreachable();

    /** Up to when a consumer that asks for this selector now finds it revoked. */
    protected abstract Optional<Instant> cutoff(String realm, Selector selector);

    /** What a consumer that starts now reads, in order. */
    protected abstract List<Revocation> history(String realm);

    /** The channel loses all it has. */
    protected abstract void loseEverything();

    @BeforeEach
    void start() {
        publisher = publisher();
    }

    @AfterEach
    void stop() {
        publisher.close();
    }

    @Test
    void nothingIsThereBeforeAnythingIsPublishedAndThatIsADataSetToBuild() {
        assertThat(publisher.inspect(REALM)).isEqualTo(new DataSet(null, null));
        assertThat(advance("e1", now)).isInstanceOf(Lost.class);
        assertThat(publisher.inspect(REALM)).isEqualTo(new DataSet(null, null));
    }

    @Test
    void whatIsPublishedIsKnownAsSoonAsTheCallReturnsAndInOrder() {
        Revocation first = revocation("r1", SESSION, now);
        Revocation second = revocation("r2", Selector.member("northbank", "alice"), now.plusSeconds(1))
                .withSecurityEvent("header.payload.signature");
        publisher.publish(REALM, List.of(first, second));
        assertThat(cutoff(REALM, SESSION)).contains(now);
        assertThat(cutoff(REALM, second.selector())).contains(now.plusSeconds(1));
        assertThat(history(REALM)).containsExactly(first, second);
    }

    @Test
    void publishingNothingIsNothing() {
        publisher.publish(REALM, List.of());
        assertThat(history(REALM)).isEmpty();
    }

    @Test
    void manyArePublishedInOneCall() {
        List<Revocation> many = IntStream.range(0, 1_001)
                .mapToObj(i -> revocation("r" + i, Selector.sid("s" + i), now))
                .toList();
        publisher.publish(REALM, many);
        assertThat(history(REALM)).containsExactlyElementsOf(many);
        assertThat(cutoff(REALM, Selector.sid("s1000"))).contains(now);
    }

    @Test
    void whatIsPublishedAgainIsTheSameRevocation() {
        Revocation revocation = revocation("r1", SESSION, now);
        publisher.publish(REALM, List.of(revocation));
        publisher.publish(REALM, List.of(revocation));
        assertThat(cutoff(REALM, SESSION)).contains(now);
        assertThat(history(REALM)).containsOnly(revocation);
    }

    @Test
    void aCutoffIsNeverLoweredInWhateverOrderRevocationsArrive() {
        publisher.publish(REALM, List.of(revocation("r2", SESSION, now)));
        publisher.publish(REALM, List.of(revocation("r1", SESSION, now.minusSeconds(60))));
        assertThat(cutoff(REALM, SESSION)).contains(now);
        publisher.publish(
                REALM,
                List.of(revocation("r3", SESSION, now.plusSeconds(60)), revocation("r4", SESSION, now.plusSeconds(5))));
        assertThat(cutoff(REALM, SESSION)).contains(now.plusSeconds(60));
    }

    @Test
    void aDataSetIsIntactOnceItIsNamedAndUnderThatNameAlone() {
        build("e1");
        assertThat(advance("e1", null)).isInstanceOf(Intact.class);
        assertThat(advance("e2", now)).isInstanceOf(Lost.class);
        assertThat(publisher.inspect(REALM)).isEqualTo(new DataSet("e1", null));
    }

    @Test
    void aPublicationSaysWhichDataSetTookIt() {
        List<Revocation> one = List.of(revocation("r1", SESSION, now));
        assertThat(publisher.publish(REALM, one).epoch()).isNull();
        build("e1");
        assertThat(publisher.publish(REALM, one).epoch()).isEqualTo("e1");
        publisher.clear(REALM, null, false);
        assertThat(publisher.publish(REALM, one).epoch()).isNull();
    }

    @Test
    void aWatermarkIsStatedAndNeverGoesBack() {
        build("e1");
        assertThat(advance("e1", now)).isInstanceOf(Intact.class);
        assertThat(publisher.inspect(REALM).watermark()).isEqualTo(now);
        assertThat(advance("e1", null)).isInstanceOf(Intact.class);
        assertThat(advance("e1", now.minusSeconds(1))).isInstanceOf(Intact.class);
        assertThat(publisher.inspect(REALM).watermark()).isEqualTo(now);
        assertThat(advance("e1", now.plusSeconds(1))).isInstanceOf(Intact.class);
        assertThat(publisher.inspect(REALM).watermark()).isEqualTo(now.plusSeconds(1));
    }

    @Test
    void whatMayStillBeNeededIsNotTrimmed() {
        build("e1", revocation("r1", SESSION, now));
        assertThat(advance("e1", now)).isInstanceOf(Intact.class);
        assertThat(history(REALM)).hasSize(1);
    }

    @Test
    void clearingForgetsTheHistoryButTrustsNobodyAgain() {
        build("e1", revocation("r1", SESSION, now));
        advance("e1", now);
        publisher.clear(REALM, "e1", false);
        assertThat(history(REALM)).isEmpty();
        assertThat(cutoff(REALM, SESSION)).contains(now);
        assertThat(publisher.inspect(REALM)).isEqualTo(new DataSet(null, null));
    }

    @Test
    void aDataSetUnderConstructionHasNoNameAndNoWatermark() {
        build("e1");
        publisher.clear(REALM, null, false);
        publisher.publish(REALM, List.of(revocation("r1", SESSION, now)));
        assertThat(advance("e1", now)).isInstanceOf(Lost.class);
        assertThat(publisher.inspect(REALM)).isEqualTo(new DataSet(null, null));
        publisher.seal(REALM, "e2");
        assertThat(advance("e2", now)).isInstanceOf(Intact.class);
        assertThat(publisher.inspect(REALM)).isEqualTo(new DataSet("e2", now));
    }

    @Test
    void aLostDataSetIsNoticedAndCanBeBuiltAnew() {
        Revocation revocation = revocation("r1", SESSION, now);
        build("e1", revocation);
        advance("e1", now);
        loseEverything();
        assertThat(advance("e1", now.plusSeconds(1))).isInstanceOf(Lost.class);
        build("e2", revocation);
        assertThat(advance("e2", now.plusSeconds(1))).isInstanceOf(Intact.class);
        assertThat(history(REALM)).containsExactly(revocation);
        assertThat(cutoff(REALM, SESSION)).contains(now);
    }

    @Test
    void whatWasLostWhileItWasBuiltIsNotNamed() {
        publisher.clear(REALM, null, false);
        publisher.publish(REALM, List.of(revocation("r1", SESSION, now)));
        loseEverything();
        publisher.publish(REALM, List.of(revocation("r2", SESSION, now)));
        assertThatThrownBy(() -> publisher.seal(REALM, "e1")).isInstanceOf(PublishException.class);
        assertThat(publisher.inspect(REALM).epoch()).isNull();
    }

    @Test
    void realmsHaveNothingInCommon() {
        build("e1", revocation("r1", SESSION, now));
        advance("e1", now);
        publisher.publish("granite", List.of(revocation("r2", Selector.realm(), now)));
        publisher.clear("granite", null, false);
        assertThat(cutoff(REALM, Selector.realm())).isEmpty();
        assertThat(publisher.inspect(REALM)).isEqualTo(new DataSet("e1", now));
        assertThat(history(REALM)).hasSize(1);
    }

    @Test
    void whereNobodyAnswersEveryCallSaysSo() {
        try (RevocationPublisher dead = unreachable()) {
            List<Runnable> calls = new ArrayList<>();
            calls.add(() -> dead.inspect(REALM));
            calls.add(() -> dead.publish(REALM, List.of(revocation("r1", SESSION, now))));
            calls.add(() -> dead.clear(REALM, null, false));
            calls.add(() -> dead.seal(REALM, "e1"));
            calls.add(() -> dead.withdraw(REALM, SESSION));
            calls.add(() -> dead.drop(REALM, "e1"));
            assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::run).isInstanceOf(PublishException.class));
            Claim claim = new Claim(REALM, "e1", now, now, null);
            assertThat(dead.advance(List.of(claim)).get(REALM)).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void aWatermarkThatLiesAheadOfEveryClockGoesBack() {
        build("e1");
        assertThat(advance("e1", now.plusSeconds(100), now.plusSeconds(100))).isInstanceOf(Intact.class);
        assertThat(publisher.inspect(REALM).watermark()).isEqualTo(now.plusSeconds(100));
        assertThat(advance("e1", now.plusSeconds(1), now.plusSeconds(1)))
                .isEqualTo(new Intact(now.plusSeconds(1), 0, false));
        assertThat(publisher.inspect(REALM).watermark()).isEqualTo(now.plusSeconds(1));
    }

    @Test
    void aDataSetThatHoldsLessThanTheTableIsLost() {
        build("e1", revocation("r1", SESSION, now));
        assertThat(publisher
                        .advance(List.of(new Claim(REALM, "e1", now, now, 1L)))
                        .get(REALM))
                .isInstanceOf(Intact.class);
        assertThat(publisher
                        .advance(List.of(new Claim(REALM, "e1", now, now, 2L)))
                        .get(REALM))
                .isInstanceOf(Lost.class);
    }

    @Test
    void eachRealmHasAVerdictOfItsOwn() {
        build("e1");
        Map<String, Verdict> verdicts = publisher.advance(
                List.of(new Claim(REALM, "e1", now, now, null), new Claim("granite", "e1", now, now, null)));
        assertThat(verdicts.get(REALM)).isInstanceOf(Intact.class);
        assertThat(verdicts.get("granite")).isInstanceOf(Lost.class);
    }

    @Test
    void whatIsTakenBackHasNoCutoff() {
        publisher.publish(REALM, List.of(revocation("r1", SESSION, now)));
        publisher.withdraw(REALM, SESSION);
        assertThat(cutoff(REALM, SESSION)).isEmpty();
    }

    @Test
    void whatIsDroppedLeavesNoDataSet() {
        build("e1", revocation("r1", SESSION, now));
        publisher.drop(REALM, "e1");
        assertThat(history(REALM)).isEmpty();
        assertThat(publisher.inspect(REALM)).isEqualTo(new DataSet(null, null));
    }

    @Test
    void aDataSetOfAnotherNameIsNotDropped() {
        build("theirs", revocation("r1", SESSION, now));
        publisher.drop(REALM, "e1");
        assertThat(history(REALM)).hasSize(1);
        assertThat(publisher.inspect(REALM).epoch()).isEqualTo("theirs");
    }

    /** As by a clock that is right, and a watermark that some other node may have told. */
    private Verdict advance(String epoch, Instant watermark) {
        return advance(epoch, watermark, now.plusSeconds(10));
    }

    private Verdict advance(String epoch, Instant watermark, Instant publishersTime) {
        return Objects.requireNonNull(publisher
                .advance(List.of(new Claim(REALM, epoch, watermark, publishersTime, null)))
                .get(REALM));
    }

    private void build(String epoch, Revocation... live) {
        publisher.clear(REALM, null, false);
        publisher.publish(REALM, List.of(live));
        publisher.seal(REALM, epoch);
    }

    private Revocation revocation(String id, Selector selector, Instant cutoff) {
        return new Revocation(id, selector, cutoff, now.plusSeconds(3_600), "logout");
    }
}
