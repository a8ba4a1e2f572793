# frozen_string_literal: true

# A reporter for Minitest 5 and later and for test-unit 3 that writes one JSON line for each test.
#
# Ruby loads this file before the project (RUBYOPT), in every process. It waits until one of the libraries is loaded. `OMK_RUBY_REPORT`
# names an empty directory with a file `key` in it. The key is read and removed then, and seals the report at the end: a test cannot
# simply write a report of its own. A second run finds no key, writes a second report, and two reports are refused.
directory = ENV['OMK_RUBY_REPORT']

if directory
  name = File.basename(__FILE__, '.rb')
  begin_report = lambda do
    require 'json'
    require 'openssl'
    path = File.join(directory, 'key')
    key = File.file?(path) ? File.binread(path).tap { File.unlink(path) } : nil
    owner = Process.pid
    # What is started from a test is not this run.
    ENV.delete('OMK_RUBY_REPORT')
    seal = OpenSSL::HMAC.new(key || '', 'SHA256')
    file = nil
    write = lambda do |event|
      # A test that forks must not write into its parent's report.
      next if Process.pid != owner

      unless file
        file = File.open(File.join(directory, "report-#{owner}.jsonl"), File::WRONLY | File::CREAT | File::EXCL | File::APPEND, 0o600)
        write.call({ event: 'begin', reporter: 'ruby-test', version: 1 })
      end
      line = "#{JSON.generate(event)}\n"
      seal << line
      file.syswrite(line)
    end
    finish = lambda do
      write.call({ event: 'loaded', files: $LOADED_FEATURES.grep(%r{\A/}), paths: $LOAD_PATH.map { |path| File.expand_path(path) } })
      write.call({ event: 'end' })
      file.syswrite("#{JSON.generate({ seal: key && seal.hexdigest })}\n") if Process.pid == owner
    end
    [write, finish]
  end
  # Ruby gives folders of RUBYLIB and -I as they were written.
  tell = lambda do |write, place, type, test, outcome|
    write.call({ event: 'test', file: File.expand_path(place || 'unknown'), titles: [type, test], outcome: outcome })
  end

  minitest = lambda do
    write, finish = begin_report.call
    lock = Mutex.new
    reporter = Class.new do
      # Minitest runs tests by chance, but those of classes that say otherwise.
      define_method(:start) { write.call({ event: 'order' }) }
      define_method(:prerecord) { |_type, _test| nil }
      define_method(:record) do |result|
        outcome = if result.skipped? then 'skipped' else result.passed? ? 'passed' : 'failed' end
        type = result.respond_to?(:klass) ? result.klass : result.class.name
        place = result.respond_to?(:source_location) ? result.source_location.first : result.method(result.name).source_location.first
        lock.synchronize { tell.call(write, place, type, result.name, outcome) }
      end
      define_method(:report) { finish.call }
      define_method(:passed?) { true }
    end
    Minitest.define_singleton_method("plugin_#{name}_init") { |_options| reporter.new.then { |each| self.reporter << each } }
    Minitest.extensions << name
  end

  test_unit = lambda do
    write, finish = begin_report.call
    listener = Object.new
    listener.define_singleton_method(:attach_to_mediator) do |mediator|
      idle = []
      skips = [:Omission, :Pending].filter_map { |type| Test::Unit.const_get(type) if Test::Unit.const_defined?(type) }
      mediator.add_listener(Test::Unit::TestResult::FAULT) { |fault| idle << fault.test_name if skips.any? { |type| fault.is_a?(type) } }
      mediator.add_listener(Test::Unit::TestCase::FINISHED_OBJECT) do |test|
        outcome = if !test.passed? then 'failed' else idle.include?(test.name) ? 'skipped' : 'passed' end
        place = test.method(test.method_name).source_location.first
        tell.call(write, place, test.class.name, test.name.delete_suffix("(#{test.class.name})"), outcome)
      end
      mediator.add_listener(Test::Unit::UI::TestRunnerMediator::FINISHED) { |_| finish.call }
    end
    Test::Unit::AutoRunner.prepend(
      Module.new { define_method(:initialize) { |*args, &block| super(*args, &block).tap { @listeners << listener } } }
    )
  end

  trace = TracePoint.new(:end) do |point|
    type = point.self
    found =
      if type.equal?(Object) || !type.is_a?(Module) then nil
      elsif type.name == 'Minitest' && type.respond_to?(:extensions) && type.respond_to?(:reporter) then minitest
      elsif type.name == 'Test::Unit::AutoRunner' && type.method_defined?(:run) then test_unit
      end
    next unless found

    trace.disable
    found.call
  end
  trace.enable
end
