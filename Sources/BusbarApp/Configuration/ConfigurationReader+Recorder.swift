extension ConfigurationReader {
  /// What `recorder` and the overrides together say; `nil` if nothing is to be recorded.
  mutating func readRecorder(
    _ file: ConfigurationFile, _ overrides: [Setting: SettingValue],
    _ surroundings: ConfigurationSurroundings
  ) -> RecorderSettings? {
    func value(_ setting: Setting) -> SettingValue? {
      overrides[setting] ?? file.recorder?[setting]
    }
    let store = value(.recorderStore)
    guard store != nil || file.recorder != nil else {
      for setting in Setting.all(in: .recorder) {
        guard let value = overrides[setting] else { continue }
        refuse(value.origin, "there is nothing to record into: name a file with --record")
      }
      return nil
    }
    let standard = settings.stateFolder.map { $0 + "/recording.busbar" }
    guard let path = store.map({ surroundings.path($0) }) ?? standard else {
      refuse(.nowhere, "'recorder' has no 'store', and there is no state folder to put it into")
      return nil
    }
    var recorder = RecorderSettings(path: path)
    if let value = value(.recorderKeep) {
      recorder.keep = Age(value.text)
      if recorder.keep == nil {
        refuse(value.origin, "'\(value.text)': expected an age such as 2y, 90d or 12h")
      }
    }
    if let value = value(.recorderMaxSize) {
      recorder.maxSize = FileSize(value.text)
      if recorder.maxSize == nil {
        refuse(value.origin, "'\(value.text)': expected a size such as 500M or 4G")
      }
    }
    if let value = value(.recorderCommitSeconds) {
      if let seconds = Double(value.text), (0.05...3600).contains(seconds) {
        recorder.commitSeconds = seconds
      } else {
        refuse(value.origin, "'\(value.text)': expected seconds, 0.05 to 3600")
      }
    }
    return recorder
  }
}
