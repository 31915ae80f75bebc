/** Whether hints are shown: as the setting says, unless the user has hidden or shown them in this window. */
export class HintsVisibility {
  #isEnabled: boolean;
  #inWindow: boolean | undefined;

  constructor(isEnabled: boolean) {
    this.#isEnabled = isEnabled;
  }

  get areShown(): boolean {
    return this.#inWindow ?? this.#isEnabled;
  }

  toggle(): void {
    this.#inWindow = !this.areShown;
  }

  /** Takes the setting; one that was changed is the user's newest word. */
  follow(isEnabled: boolean): void {
    if (isEnabled !== this.#isEnabled) this.#inWindow = undefined;
    this.#isEnabled = isEnabled;
  }
}
