# frozen_string_literal: true

# A formatter for RSpec 3 that writes one JSON line for each event of an example.
#
# Ruby loads this file before the project (RUBYOPT). `OMK_RSPEC_REPORT` names an empty directory with a file `key` in it. The
# key is read and removed here, and seals the report at the end: an example cannot simply write a report of its own. A second
# run finds no key, writes a second report, and two reports are refused.
name = File.basename(__FILE__, '.rb')
directory = ENV['OMK_RSPEC_REPORT']

if directory && [$PROGRAM_NAME, *ARGV].any? { |word| File.basename(word).start_with?('rspec') }
  require 'json'
  require 'openssl'

  path = File.join(directory, 'key')
  key = File.file?(path) ? File.binread(path).tap { File.unlink(path) } : nil
  owner = Process.pid

  reporter = Module.new
  # RSpec asks for the class once it is there itself.
  reporter.define_singleton_method(:const_missing) do |constant|
    seal = OpenSSL::HMAC.new(key || '', 'SHA256')
    file = nil
    write = lambda do |event|
      # An example that forks must not write into its parent's report.
      next if Process.pid != owner

      line = "#{JSON.generate(event)}\n"
      seal << line
      file.syswrite(line)
    end
    place = lambda do |example|
      { id: example.id, file: example.metadata[:rerun_file_path] || example.metadata[:file_path], name: example.full_description }
    end

    formatter = Class.new do
      RSpec::Core::Formatters.register self, :start, :message, :example_started, :example_passed, :example_failed, :example_pending, :close

      define_method(:initialize) do |_output|
        # What is started from an example is not this run.
        %w[OMK_RSPEC_REPORT SPEC_OPTS].each { |variable| ENV.delete(variable) }
        file = File.open(File.join(directory, "report-#{owner}.jsonl"), File::WRONLY | File::CREAT | File::EXCL | File::APPEND, 0o600)
        write.call({ event: 'begin', reporter: 'rspec', version: 1 })
      end
      define_method(:start) { |_| write.call({ event: 'start' }) }
      define_method(:message) do |notification|
        broken = notification.message[/An error occurred while loading (\S+?)\.?(?:\s|$)/, 1]
        write.call({ event: 'broken', file: broken }) if broken
      end
      define_method(:example_started) { |notification| write.call({ event: 'run' }.merge(place.call(notification.example))) }
      { example_passed: 'passed', example_failed: 'failed', example_pending: 'skipped' }.each do |event, outcome|
        define_method(event) { |notification| write.call({ event: 'test', outcome: outcome }.merge(place.call(notification.example))) }
      end
      define_method(:close) do |_|
        write.call({ event: 'loaded', files: $LOADED_FEATURES.grep(%r{\A/}), paths: $LOAD_PATH.map { |path| File.expand_path(path) } })
        write.call({ event: 'end' })
        file.syswrite("#{JSON.generate({ seal: key && seal.hexdigest })}\n") if Process.pid == owner
      end
    end
    const_set(constant, formatter)
  end
  Object.const_set(name.capitalize, reporter)
end
