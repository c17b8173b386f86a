package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.sql.SQLRecoverableException;
import org.junit.jupiter.api.Test;

class HangUpTest {

  @Test
  void aConnectionThatWasResetIsAHangUpHoweverItIsWrapped() {
    SocketException reset = new SocketException("Connection reset");
    assertThat(HangUp.isCauseOf(reset)).isTrue();
    assertThat(HangUp.isCauseOf(new IllegalStateException(new UncheckedIOException(new IOException("Stream closed", reset))))).isTrue();
  }

  @Test
  void aDatabaseThatHungUpAndFaultsOfOursAreNone() {
    assertThat(HangUp.isCauseOf(new IllegalStateException(new SQLRecoverableException("away", new SocketException("Connection reset")))))
        .isFalse();
    assertThat(HangUp.isCauseOf(new NullPointerException("x"))).isFalse();
  }
}
