package tasktracker.source.telegram.update;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.MaxBody;
import tasktracker.platform.security.Public;
import tasktracker.platform.security.RateLimited;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.web.problem.Problem;

/**
 * The webhook. Telegram repeats every update that is not answered with 200, for hours. So 200 is returned only after
 * the commit, and also for updates that a retry would not change.
 */
@RequestScoped
@Path("/webhook/telegram")
public class TelegramWebhook {

  /** The response body. */
  public record Answer(String status) {}

  private static final System.Logger LOG = System.getLogger(TelegramWebhook.class.getName());
  private static final long WARN_INTERVAL_NS = Duration.ofMinutes(1).toNanos();
  private static final AtomicLong WARNED_AT = new AtomicLong(System.nanoTime() - WARN_INTERVAL_NS - 1);
  /** Maximum bytes of an update. */
  private static final int MAX_UPDATE_BYTES = 1 << 20;

  private final UpdateReceiver receiver;
  private final WebhookSecrets secrets;
  private final MeterRegistry meters;

  @Inject
  public TelegramWebhook(UpdateReceiver receiver, WebhookSecrets secrets, MeterRegistry meters) {
    this.receiver = receiver;
    this.secrets = secrets;
    this.meters = meters;
  }

  @POST
  @Public // authenticated by the secret of the webhook
  @RateLimited(RateLimits.Limit.WEBHOOK)
  @MaxBody(TelegramWebhook.MAX_UPDATE_BYTES)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Answer receive(@HeaderParam("X-Telegram-Bot-Api-Secret-Token") @Nullable String secret,
      @Context HttpServletRequest request) {
    try {
      Answer answer = store(secret, request);
      count("accepted");
      return answer;
    } catch (RuntimeException e) {
      count("refused");
      throw e;
    }
  }

  private void count(String answer) {
    meters.counter("tasktracker.webhook.updates", "answer", answer).increment();
  }

  private Answer store(@Nullable String secret, HttpServletRequest request) {
    checkSecret(secret);
    receiver.receive(TelegramUpdate.of(body(request)), () -> {});
    return new Answer("ok");
  }

  private void checkSecret(@Nullable String given) {
    if (!secrets.areSet()) {
      throw noSecret();
    }
    if (!secrets.isValid(given)) {
      throw new Problem(401, "Unauthorized", "The header X-Telegram-Bot-Api-Secret-Token does not contain the secret of this webhook.");
    }
  }

  private static Problem noSecret() {
    // Anyone can trigger this warning, so it is logged at most once a minute.
    long now = System.nanoTime();
    long last = WARNED_AT.get();
    if (now - last > WARN_INTERVAL_NS && WARNED_AT.compareAndSet(last, now)) {
      warn();
    }
    return new Problem(503, "Not configured", "Register the webhook on /settings/sources/telegram or set TELEGRAM_WEBHOOK_SECRET.", 60);
  }

  private static void warn() {
    LOG.log(Level.WARNING,
        "An update was refused: register the webhook on /settings/sources/telegram, or set TELEGRAM_WEBHOOK_SECRET"
            + " and give Telegram the same as secret_token of setWebhook");
  }

  private static String body(HttpServletRequest request) {
    try (InputStream in = request.getInputStream()) {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
    } catch (CharacterCodingException e) {
      throw Problem.badRequest("The body is not encoded in UTF-8.");
    } catch (IOException e) {
      throw Problem.badRequest("The body ended too early.");
    }
  }

}
