package tasktracker.llm.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Ids;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.outbound.HostAndPort;
import tasktracker.platform.secret.EncryptedSecrets;
import tasktracker.platform.secret.SecretCipher;
import tasktracker.platform.secret.SecretCipher.SecretUnreadable;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The providers: they are stored with encrypted keys, and asked by a job whether they answer after each change. */
@ApplicationScoped
public class Providers implements EncryptedSecrets {

  private static final int ALL = 1000;
  private static final int MAX_LISTED = 100;

  /** Payload of the live event. */
  public record ValidationPayload(UUID providerId, String validationStatus, @Nullable String validationError,
      @Nullable Instant validatedAt) {}

  private final ProviderStore store;
  private final SecretCipher cipher;
  private final Jobs jobs;
  private final EventPublisher live;
  private final Audit audit;
  private final Instance<ProviderUse> uses;

  @Inject
  public Providers(ProviderStore store, SecretCipher cipher, Jobs jobs, EventPublisher live, Audit audit,
      @Any Instance<ProviderUse> uses) {
    this.store = store;
    this.cipher = cipher;
    this.jobs = jobs;
    this.live = live;
    this.audit = audit;
    this.uses = uses;
  }

  /** Providers in the order in which they replace each other, with messages in this language. */
  @Transactional
  public List<ProviderItem> list(boolean isActiveOnly, int limit, int skip, Locale locale) {
    List<ProviderRow> rows = store.list(isActiveOnly, limit, skip);
    Map<UUID, List<UUID>> excluded = store.excludedChats(rows.stream().map(ProviderRow::id).toList());
    return rows.stream().map(row -> ProviderItem.of(row, excluded.getOrDefault(row.id(), List.of()), locale)).toList();
  }

  /** @throws Problem 404 */
  @Transactional
  public ProviderItem get(UUID id, Locale locale) {
    return find(id, locale).orElseThrow(Providers::none);
  }

  /** The provider with messages in this language. */
  @Transactional
  public Optional<ProviderItem> find(UUID id, Locale locale) {
    return store.find(id).map(row -> ProviderItem.of(row, store.excludedChats(List.of(id)).getOrDefault(id, List.of()), locale));
  }

  private static Problem none() {
    return Problem.notFound(LocalizedMessage.of("problem.none.provider"));
  }

  /**
   * What a call needs, with the decrypted key.
   *
   * @throws Problem 404 when there is no such provider
   * @throws ProviderFailure when its key cannot be decrypted; the caller's transaction goes on
   */
  @Transactional(dontRollbackOn = ProviderFailure.class)
  public ProviderSettings settings(UUID id) {
    return settings(store.find(id).orElseThrow(Providers::none));
  }

  private ProviderSettings settings(ProviderRow row) {
    return new ProviderSettings(row.id(), row.name(), row.providerType(), row.url(), key(row), row.isActive(), row.failoverOrder(),
        row.concurrency(), row.timeoutSeconds(), row.dailyTokenBudget(),
        Set.copyOf(store.excludedChats(List.of(row.id())).getOrDefault(row.id(), List.of())));
  }

  private @Nullable String key(ProviderRow row) {
    try {
      return row.apiKey() == null ? null : cipher.decrypt(row.apiKey(), ProviderRow.secretContext(row.id()));
    } catch (SecretUnreadable e) {
      throw new ProviderFailure("secret_unreadable", "");
    }
  }

  /**
   * Adds a provider and has it validated.
   *
   * @throws Problem 409 when the name is taken or there is no key to encrypt with, 422 when a value is not allowed
   */
  @Transactional
  public UUID create(ProviderChange wanted, String by) {
    ProviderChange values = wanted.orElse(ProviderChange.DEFAULTS);
    if (values.requiredType() == ProviderType.BUILTIN) {
      throw Problem.conflict(LocalizedMessage.of("problem.provider.builtin"));
    }
    check(values, null);
    UUID id = Ids.next();
    store.insert(id, values, encrypted(id, values, null), by);
    saveExcluded(id, values);
    audit.record("provider.created", "provider", id, details(values, values.checkedKey() != null));
    validate(id);
    return id;
  }

  private void check(ProviderChange values, @Nullable UUID id) {
    values.requireLimits();
    values.checkedUrl();
    if (store.isNameTaken(values.requiredName(), id)) {
      throw Problem.conflict(LocalizedMessage.of("problem.provider.name.taken"));
    }
  }

  private @Nullable String encrypted(UUID id, ProviderChange values, @Nullable ProviderRow before) {
    String key = values.checkedKey();
    if (key != null && !values.requiredType().usesKey()) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.provider.nokey"));
    }
    if (key != null) {
      return cipher.encrypt(key, ProviderRow.secretContext(id));
    }
    return before == null || values.clearsKey() ? null : before.apiKey();
  }

  private void saveExcluded(UUID id, ProviderChange values) {
    List<UUID> chats = values.excludedChats();
    if (chats != null && store.saveExcludedChats(id, chats) < Set.copyOf(chats).size()) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.provider.chat.unknown"));
    }
  }

  private static Map<String, Object> details(ProviderChange values, boolean isKeyChanged) {
    Map<String, Object> details = new HashMap<>(Map.of("name", values.requiredName(), "type", values.requiredType().wire(), "base_url",
        Objects.requireNonNullElse(values.checkedUrl(), ""), "is_active", Boolean.TRUE.equals(values.isActive()), "key_changed",
        isKeyChanged, "daily_token_budget", Objects.requireNonNullElse(values.dailyTokenBudget(), 0L)));
    if (values.excludedChats() != null) {
      details.put("excluded_chats", values.excludedChats().stream().map(UUID::toString).sorted().limit(MAX_LISTED).toList());
    }
    return details;
  }

  /**
   * Changes a provider and has it validated again. A blank key keeps the stored one, unless the provider moves to another
   * scheme, host or port: a key is not sent where it was not entered for.
   *
   * @throws Problem 404, 409 when the name is taken, 422 when a value is not allowed
   */
  @Transactional
  public void update(UUID id, ProviderChange wanted) {
    ProviderRow before = store.lock(id).orElseThrow(Providers::none);
    ProviderChange values = wanted.orElse(ProviderChange.of(before));
    if (!values.requiredType().wire().equals(before.type())) {
      throw Problem.conflict(LocalizedMessage.of("problem.provider.type.fixed"));
    }
    check(values, id);
    requireKeyForNewHost(before, values);
    store.update(id, values, encrypted(id, values, before));
    saveExcluded(id, values);
    audit.record("provider.changed", "provider", id, details(values, values.checkedKey() != null || values.clearsKey()));
    validate(id);
  }

  private static void requireKeyForNewHost(ProviderRow before, ProviderChange values) {
    boolean isMoved = !target(before.url()).equals(target(url(values)));
    if (before.apiKey() != null && values.checkedKey() == null && !values.clearsKey() && isMoved) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.provider.key.again"));
    }
  }

  private static @Nullable URI url(ProviderChange values) {
    String url = values.checkedUrl();
    return url == null ? values.requiredType().defaultUrl() : URI.create(url);
  }

  /** With the scheme, or a key that was entered for HTTPS could be sent without encryption. */
  private static String target(@Nullable URI url) {
    return url == null ? "" : url.getScheme() + "://" + HostAndPort.of(url).map(HostAndPort::toString).orElse("");
  }

  /** Switches a provider on or off. @throws Problem 404 */
  @Transactional
  public void setActive(UUID id, boolean isActive) {
    update(id, new ProviderChange(null, null, null, null, null, isActive, null, null, null, null, null));
  }

  /**
   * Deletes a provider.
   *
   * @throws Problem 404, or 409 when it is the built-in analyst or in use; the message names what uses it
   */
  @Transactional
  public void delete(UUID id) {
    ProviderRow row = store.lock(id).orElseThrow(Providers::none);
    if (row.providerType() == ProviderType.BUILTIN) {
      throw Problem.conflict(LocalizedMessage.of("problem.provider.builtin"));
    }
    List<String> users = usedBy(id);
    if (!users.isEmpty()) {
      throw Problem.conflict(LocalizedMessage.of("problem.provider.used", String.join(", ", users)));
    }
    store.delete(id);
    audit.record("provider.deleted", "provider", id, Map.of("name", row.name()));
  }

  /** Names of what uses the provider. */
  public List<String> usedBy(UUID id) {
    return uses.stream().flatMap(use -> use.namesUsing(id).stream()).toList();
  }

  /** Has a provider asked whether it answers; one that is switched off and the built-in analyst are not asked. @throws Problem 404 */
  @Transactional
  public void validate(UUID id) {
    ProviderRow row = store.lock(id).orElseThrow(Providers::none);
    if (row.providerType() != ProviderType.BUILTIN && row.isActive()) {
      store.saveValidating(id);
      jobs.enqueue(new ValidateProvider(id));
    }
    publish(id);
  }

  /** The revision that a validation is about; empty when there is nothing to validate. */
  @Transactional
  Optional<Integer> revisionToValidate(UUID id) {
    return store.find(id).filter(row -> row.isActive() && row.providerType() != ProviderType.BUILTIN).map(ProviderRow::revision);
  }

  /** Saves the result of a validation, unless the provider has changed since. */
  @Transactional
  void completeValidation(UUID id, int revision, @Nullable ProviderFailure failure) {
    ValidationStatus status = failure == null ? ValidationStatus.CONNECTED : ValidationStatus.ERROR;
    if (store.saveValidation(id, revision, status, failure == null ? null : failure.reason(), failure == null ? null : failure.detail())) {
      publish(id);
    }
  }

  private void publish(UUID id) {
    store.find(id).ifPresent(row -> live.publish(LiveTopic.Event.PROVIDER_VALIDATION_UPDATE, new ValidationPayload(id,
        row.validationStatus(), row.error(Locale.ENGLISH).orElse(null), row.validatedAt())));
  }

  @Override
  public boolean hasOutdated() {
    return store.list(false, ALL, 0).stream().anyMatch(this::isOutdated);
  }

  private boolean isOutdated(ProviderRow row) {
    return row.apiKey() != null && !cipher.isCurrent(row.apiKey());
  }

  /** Keys that cannot be decrypted stay as they are; their providers show it. */
  @Override
  @Transactional
  public int reencrypt() {
    int changed = 0;
    for (ProviderRow listed : store.list(false, ALL, 0)) {
      ProviderRow row = store.lock(listed.id()).filter(this::isOutdated).orElse(null);
      if (row != null && reencrypt(row)) {
        changed++;
      }
    }
    return changed;
  }

  private boolean reencrypt(ProviderRow row) {
    try {
      store.saveKey(row.id(), cipher.encrypt(Objects.requireNonNull(key(row)), ProviderRow.secretContext(row.id())));
      return true;
    } catch (ProviderFailure unreadable) {
      return false;
    }
  }
}
