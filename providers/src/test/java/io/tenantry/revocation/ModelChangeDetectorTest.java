package io.tenantry.revocation;

import static io.tenantry.revocation.ModelChangeDetector.mayInheritLess;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import org.junit.jupiter.api.Test;

class ModelChangeDetectorTest {
    @Test
    void aGroupThatLeavesItsParentMayInheritLess() {
        assertThat(mayInheritLess("/banks/clerks", "/clerks")).isTrue();
        assertThat(mayInheritLess("/banks/clerks", "/others/clerks")).isTrue();
        assertThat(mayInheritLess("/banks/clerks", "/banks/old/clerks")).isTrue();
    }

    @Test
    void aGroupThatIsRenamedOrHadNoParentInheritsWhatItDid() {
        assertThat(mayInheritLess("/banks/clerks", "/banks/tellers")).isFalse();
        assertThat(mayInheritLess("/clerks", "/tellers")).isFalse();
        assertThat(mayInheritLess("/clerks", "/banks/clerks")).isFalse();
    }

    @Test
    void pathsThatSlashesInNamesMakeEqualAreTakenForAMove() {
        assertThat(mayInheritLess("/banks/old/clerks", "/banks/old/clerks")).isTrue();
    }

    @Test
    void lossAtASignInIsToldFromOneByAnAdmin() {
        assertThat(ModelChangeDetector.roleRevoked("u1", true))
                .isEqualTo(Detected.now(Selector.sub("u1"), Cause.LOST_AT_SIGN_IN));
        assertThat(ModelChangeDetector.groupLeft("northbank", "u1", false))
                .isEqualTo(Detected.now(Selector.member("northbank", "u1"), Cause.GROUP_LEFT));
    }
}
